import { MemoryDisk } from "@parley/client-store";
import { uuidV7 } from "@parley/protocol";
import type { Coverage } from "../coverage.ts";
import type { ClientMutation } from "../mutants/client-mutants.ts";
import type { Link } from "../network/link.ts";
import { TypedCommands } from "../oracle/typed.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import { DeviceClock } from "../time/device-clock.ts";
import { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Owner } from "./owner.ts";
import { runEngine } from "./run-engine.ts";
import type { Screen } from "./screen.ts";

const START_AGAIN_MS = 1_000;

export interface DeviceParts {
  readonly name: string;
  readonly person: Person;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly link: Link;
  readonly coverage: Coverage;
  readonly mutation: ClientMutation;
}

/** A device: what outlives its processes, and the process that runs now, if one does. */
export class Device {
  readonly name: string;
  readonly person: Person;
  readonly link: Link;
  readonly disk = new MemoryDisk();
  readonly typed = new TypedCommands();
  readonly random: SeededRandom;
  readonly #time: VirtualTime;
  readonly #mutation: ClientMutation;
  readonly #coverage: Coverage;
  #owner: Owner | undefined;
  readonly #drawn = new Set<Screen>();
  #frozen: Owner[] = [];
  #skewMs = 0;
  #starts = 0;

  constructor({ name, person, time, random, link, coverage, mutation }: DeviceParts) {
    this.name = name;
    this.person = person;
    this.#time = time;
    this.random = random;
    this.link = link;
    this.#coverage = coverage;
    this.#mutation = mutation;
  }

  get account(): string {
    return this.person.account;
  }

  /** The process that runs; undefined while there is none, or while it is frozen. */
  get owner(): Owner | undefined {
    return this.#owner?.process.running ? this.#owner : undefined;
  }

  /** Owners that were frozen when another one took over. */
  get frozen(): readonly Owner[] {
    return this.#frozen;
  }

  get skewMs(): number {
    return this.#skewMs;
  }

  /** Sets the clock; it is the device's, not the process's. */
  set skewMs(skewMs: number) {
    this.#skewMs = skewMs;
    if (this.#owner !== undefined) this.#owner.clock.skewMs = skewMs;
  }

  /** Screens that were drawn again since the last call, as far as they are still open. */
  takeDrawn(): Screen[] {
    if (this.#drawn.size === 0) return [];
    const drawn = this.owner?.screens.filter((screen) => this.#drawn.has(screen)) ?? [];
    this.#drawn.clear();
    return drawn;
  }

  newId(): string {
    return uuidV7(Math.max(0, Math.floor(this.#time.now() + this.#skewMs)), this.random.bytes(10));
  }

  /** Starts a process. Another one that is frozen stays as it is, and will find that it owns nothing any more. */
  start(): Owner {
    if (this.owner !== undefined) return this.owner;
    if (this.#owner?.process.asleep) this.#owner.process.wakeUp();
    if (this.owner !== undefined) return this.owner;
    if (this.#owner?.process.dead === false) this.#frozen.push(this.#owner);
    this.#starts += 1;
    const process = new Process(`${this.name}#${this.#starts}`, this.#time);
    const clock = new DeviceClock(this.#time, process, this.#skewMs);
    const random = this.random.fork(process.name);
    const failed = () => process.after(START_AGAIN_MS, () => this.#startAgain(process));
    const host = { device: this, process, clock, random, coverage: this.#coverage, failed };
    const engine = runEngine(host, this.#mutation);
    this.#owner = new Owner(process, clock, engine, (screen) => this.#drawn.add(screen));
    return this.#owner;
  }

  /** The process dies. What it had written stays. */
  kill(): void {
    this.#end(this.disk.relaxedCommits);
  }

  /** The machine loses its power: of what was not synced, only the oldest commits stay. */
  cutPower(keepRelaxed: number): void {
    this.#end(keepRelaxed);
    this.link.breakAll({ client: false, server: false });
  }

  freeze(): void {
    this.#owner?.process.freeze();
  }

  /** Thaws whatever is frozen, the owner and those before it. */
  thaw(): void {
    this.#owner?.process.thaw();
    for (const owner of this.#frozen) owner.process.thaw();
    this.#frozen = [];
  }

  /** The machine sleeps: timers stand still, and its connections are forgotten by whoever keeps them. */
  fallAsleep(): void {
    for (const owner of this.#all) owner.process.fallAsleep();
  }

  wakeUp(): void {
    for (const owner of this.#all) owner.process.wakeUp();
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

  get #all(): readonly Owner[] {
    return this.#owner === undefined ? this.#frozen : [this.#owner, ...this.#frozen];
  }

  /** Its local store failed for good: a person starts the app again. */
  #startAgain(process: Process): void {
    if (this.#owner?.process !== process) return;
    this.#coverage.add("started again");
    this.kill();
    this.start();
  }

  #end(keepRelaxed: number): void {
    for (const owner of this.#all) owner.process.kill();
    this.#frozen = [];
    this.#owner = undefined;
    this.disk.crash({ keepRelaxed });
    this.link.breakAll({ client: false, server: true });
  }
}
