import { MapStorage, MemoryLocks } from "@parley/web/host-parts";
import type { Process } from "../../time/process.ts";
import type { DeviceMachine } from "../device-machine.ts";
import { EngineSide } from "./engine-side.ts";

/** What the tabs of one browser share: locks, a storage, and the workers that run engines. */
export class EngineSides {
  readonly locks = new MemoryLocks();
  readonly storage: MapStorage;
  readonly #machine: DeviceMachine;
  readonly #sides = new Map<string, { readonly side: EngineSide; readonly tab: Process | undefined }>();
  #starts = 0;

  constructor(machine: DeviceMachine) {
    this.#machine = machine;
    this.storage = new MapStorage(machine.mutation.handOffs);
  }

  /** Those that live, the latest last. */
  get living(): readonly EngineSide[] {
    return [...this.#sides.values()].map(({ side }) => side).filter(({ process }) => !process.dead);
  }

  /** @param tab whose worker it is; undefined for a SharedWorker */
  start(name: string, tab: Process | undefined): void {
    this.#starts += 1;
    const processName = `${this.#machine.name} engine ${this.#starts}`;
    const side = new EngineSide(this.#machine, this.locks, name, processName);
    if (tab?.asleep) side.process.fallAsleep();
    this.#sides.set(name, { side, tab });
    this.#machine.coverage.add("engine side started");
  }

  named(name: string): EngineSide | undefined {
    const side = this.#sides.get(name)?.side;
    return side?.process.dead === false ? side : undefined;
  }

  /** The tab whose worker a side is. */
  tabOf(side: EngineSide): Process | undefined {
    return [...this.#sides.values()].find((known) => known.side === side)?.tab;
  }

  /** A tab ends what it had started. */
  endOf(tab: Process): void {
    for (const { side, tab: own } of this.#sides.values()) if (own === tab) side.kill();
  }

  killAll(): void {
    for (const side of this.living) side.kill();
    this.#sides.clear();
  }
}
