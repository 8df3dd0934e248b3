import type { Observable } from "@parley/client";
import {
  type Approach,
  ElectedLink,
  type EnginePlace,
  HandOffs,
  type HostKind,
  LinkedHost,
} from "@parley/web/host-parts";
import { encodingOf } from "../../node/encoding-of.ts";
import { DeviceClock } from "../../time/device-clock.ts";
import { Process } from "../../time/process.ts";
import type { DeviceMachine } from "../device-machine.ts";
import { Owner } from "../owner.ts";
import type { EngineSides } from "./engine-sides.ts";
import { ProcessLine } from "./process-line.ts";
import { processLocks } from "./process-locks.ts";

/** Somebody may look at any tab at any time. */
const LOOKING: Observable<boolean> = { get: () => true, subscribe: () => () => undefined };

/** A tab: the product's host in a process of its own, and in it what a person has open. */
export class Tab {
  readonly owner: Owner;
  readonly host: LinkedHost;
  readonly #sides: EngineSides;
  readonly #page: ReturnType<EngineSides["locks"]["client"]>;
  readonly #seen = new Set<() => void>();

  constructor(machine: DeviceMachine, sides: EngineSides, kind: HostKind, name: string) {
    this.#sides = sides;
    const process = new Process(name, machine.time);
    const clock = new DeviceClock(machine.time, process, machine.skewMs);
    this.#page = sides.locks.client();
    const whenSeen = (listener: () => void) => {
      this.#seen.add(listener);
      return () => void this.#seen.delete(listener);
    };
    const { account } = machine.person;
    const link = () =>
      new ElectedLink({
        account,
        place: new TabPlace(machine, sides, kind, process),
        tabLock: name,
        locks: processLocks(this.#page, process),
        storage: sides.storage,
        clock,
        whenSeen,
      });
    const hello = { kind: "hello", account: machine.person, encoding: encodingOf(machine.name) } as const;
    const removeAccount = async () => machine.disk.evict();
    const tab = {
      attention: LOOKING,
      whenSeen,
      notify: () => machine.coverage.add("notified"),
      remind: () => undefined,
      withdraw: () => undefined,
      isSignedIn: () => true,
      outlive: () => () => undefined,
    };
    this.host = new LinkedHost(hello, new HandOffs(sides.storage, account), [link], tab, removeAccount);
    const { engine } = this.host;
    this.owner = new Owner({ process, clock, engine, drawn: machine.drawn, lane: name, handsOff: true });
  }

  /** A person looks at it. */
  look(): void {
    const { process } = this.owner;
    // It says that it cannot go on with what the device keeps.
    if (this.host.state.get().kind === "store-failed") this.host.rebuild();
    for (const listener of [...this.#seen]) process.after(0, listener);
  }

  /** A person closes it: it says goodbye as a page does that is left. */
  close(): void {
    this.host.close();
    this.owner.process.after(0, () => this.kill());
  }

  /** It is gone in this moment, without a word. */
  kill(): void {
    this.owner.process.kill();
    this.#sides.endOf(this.owner.process);
    this.#page.end();
  }
}

/** Where a tab starts engine sides and finds those of others. */
class TabPlace implements EnginePlace {
  readonly kind: HostKind;
  readonly version: string;
  readonly #machine: DeviceMachine;
  readonly #sides: EngineSides;
  readonly #process: Process;

  constructor(machine: DeviceMachine, sides: EngineSides, kind: HostKind, process: Process) {
    this.kind = kind;
    this.version = `${kind} one`;
    this.#machine = machine;
    this.#sides = sides;
    this.#process = process;
  }

  start(name: string): Approach {
    this.stop();
    this.#sides.start(name, this.kind === "leader" ? this.#process : undefined);
    return this.join(name);
  }

  join(name: string): Approach {
    const side = this.#sides.named(name);
    // Nobody answers at the door of one that is gone.
    if (side === undefined) return { line: SILENT, failed: new Promise(() => undefined) };
    const random = this.#machine.random.fork(`line of ${this.#process.name} to ${name}`);
    const line = new ProcessLine<Up, Down>(this.#machine.time, random, this.#process, side.process);
    side.connect(line.other);
    return { line: line.one, failed: new Promise(() => undefined) };
  }

  stop(): void {
    this.#sides.endOf(this.#process);
  }
}

type Up = Parameters<Approach["line"]["post"]>[0];
type Down = Parameters<Parameters<Approach["line"]["listen"]>[0]>[0];

const SILENT: Approach["line"] = { post: () => undefined, listen: () => undefined, close: () => undefined };
