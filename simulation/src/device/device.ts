import { MemoryDisk } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import type { Coverage } from "../coverage.ts";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import type { PollStreams } from "../oracle/poll-streams.ts";
import { TypedCommands } from "../oracle/typed.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { AppRuntime } from "./app-runtime.ts";
import { BlockMemory } from "./block-memory.ts";
import { Browser } from "./browser/browser.ts";
import type { DeviceMachine } from "./device-machine.ts";
import type { Owner } from "./owner.ts";
import type { Runtime } from "./runtime.ts";
import type { Screen } from "./screen.ts";

/** What a device runs: an app of its own, or tabs whose engine is in a SharedWorker or in a worker of one of them. */
export type DeviceKind = "app" | "shared-worker" | "leader";

export interface DeviceParts {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly person: Person;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly link: Link;
  readonly coverage: Coverage;
  readonly mutation: ClientMutation;
  readonly report: DeviceMachine["report"];
  readonly streams: PollStreams;
}

/** What the oracle knows at the moment when something is lost. */
export interface LostTruth {
  readonly isAccepted: (id: string) => boolean;
  readonly era: () => number;
}

/** A device: what outlives its processes, and what runs now. */
export class Device implements DeviceMachine {
  readonly name: string;
  readonly person: Person;
  readonly link: Link;
  readonly disk = new MemoryDisk();
  readonly typed = new TypedCommands();
  readonly random: SeededRandom;
  readonly time: VirtualTime;
  readonly mutation: ClientMutation;
  readonly coverage: Coverage;
  readonly report: DeviceMachine["report"];
  readonly streams: PollStreams;
  readonly blockMemory = new BlockMemory();
  /** Undefined for an app of its own. */
  readonly browser: Browser | undefined;
  readonly #runtime: Runtime;
  readonly #drawn = new Set<Screen>();
  #skewMs = 0;
  /** A store that was thrown away, and the engine that has not stored again what it remembers of it. */
  #lost: { readonly truth: LostTruth; readonly side: object | undefined } | undefined;

  constructor({ name, kind, person, time, random, link, coverage, mutation, report, streams }: DeviceParts) {
    this.name = name;
    this.person = person;
    this.time = time;
    this.random = random;
    this.link = link;
    this.coverage = coverage;
    this.mutation = mutation;
    this.report = report;
    this.streams = streams;
    this.browser = kind === "app" ? undefined : new Browser(this, kind);
    this.#runtime = this.browser ?? new AppRuntime(this);
  }

  get account(): string {
    return this.person.account;
  }

  /** What a person has in front of them; undefined while there is nothing that runs. */
  get owner(): Owner | undefined {
    return this.#runtime.front;
  }

  get shown(): readonly Owner[] {
    return this.#runtime.shown;
  }

  get handedOff(): ReadonlySet<string> {
    return this.#runtime.handedOff;
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  /** Sets the clock; it is the device's, not the process's. */
  set skewMs(skewMs: number) {
    this.#skewMs = skewMs;
    this.#runtime.setSkew(skewMs);
  }

  readonly drawn = (screen: Screen): void => void this.#drawn.add(screen);

  /** Screens that were drawn again since the last call, as far as they are still open. */
  takeDrawn(): Screen[] {
    if (this.#drawn.size === 0) return [];
    const drawn = this.shown.flatMap(({ screens }) => screens).filter((screen) => this.#drawn.has(screen));
    this.#drawn.clear();
    return drawn;
  }

  newId(): string {
    return uuidV7(Math.max(0, Math.floor(this.time.now() + this.#skewMs)), this.random.bytes(10));
  }

  start(): void {
    this.#runtime.start();
  }

  /** The processes die. What they had written stays. */
  kill(): void {
    this.#end(this.disk.relaxedCommits);
  }

  /** The machine loses its power: of what was not synced, only the oldest commits stay. */
  cutPower(keepRelaxed: number): void {
    this.#end(keepRelaxed);
    this.link.breakAll({ client: false, server: false });
  }

  freeze(): void {
    this.#runtime.freeze();
  }

  thaw(): void {
    this.#runtime.thaw();
  }

  /** The machine sleeps: timers stand still, and its connections are forgotten by whoever keeps them. */
  fallAsleep(): void {
    this.coverage.add(this.#waits ? "asleep with something to send" : "asleep");
    this.#runtime.fallAsleep();
  }

  wakeUp(): void {
    this.#runtime.wakeUp();
  }

  /** Everything works again. */
  heal(): void {
    this.link.heal();
    this.disk.faults = () => undefined;
    this.disk.room = Number.POSITIVE_INFINITY;
    this.wakeUp();
    this.thaw();
    this.start();
  }

  /** The platform throws away what the device keeps. What was nowhere else goes with it, unless an engine remembers it and lives to store it again. */
  loseStore(truth: LostTruth): void {
    const side = this.browser?.engineSide;
    this.coverage.add(side?.loaded === true ? "store lost under an engine" : "store lost while nothing runs");
    this.disk.evict();
    this.browser?.clearStorage();
    this.typed.forgetHandOffs();
    this.#lost = { truth, side };
    if (side?.loaded !== true) this.#excuse();
  }

  engineLoaded(side: object): void {
    if (this.#lost === undefined) return;
    if (this.#lost.side === side) this.#lost = undefined;
    else this.#excuse();
  }

  engineEnded(side: object): void {
    if (this.#lost?.side === side) this.#excuse();
  }

  get #waits(): boolean {
    return this.disk.image.state().outbox.some(({ state }) => state.kind === "queued");
  }

  #excuse(): void {
    const { truth } = this.#lost ?? {};
    this.#lost = undefined;
    if (truth === undefined) return;
    for (const command of this.typed.all()) {
      command.lostWith ??= { accepted: truth.isAccepted(command.id), era: truth.era() };
    }
  }

  end(): void {
    this.kill();
    this.#runtime.end();
  }

  #end(keepRelaxed: number): void {
    if (keepRelaxed < this.disk.relaxedCommits) this.coverage.add("commits lost in a power cut");
    this.#runtime.kill();
    this.disk.crash({ keepRelaxed });
    this.link.breakAll({ client: false, server: true });
  }
}
