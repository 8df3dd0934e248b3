import { createBunTransport, systemClock, systemRandom, unknownNetwork } from "@parley/cli/ports";
import { type Clock, createEngine, type Engine, type Timeline } from "@parley/client";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import { recorded } from "../history/recorded.ts";
import type { DeviceRecorder } from "../history/recorder.ts";
import { Life } from "./life.ts";

export interface DeviceParts {
  readonly name: string;
  readonly userName: string;
  readonly token: string;
  readonly recorder: DeviceRecorder;
  readonly clock?: Clock;
}

/** A process of a device that runs: the engine, and the conversations that are open in front of it. */
export interface Run {
  readonly number: number;
  readonly life: Life;
  readonly engine: Engine;
  readonly screens: Map<string, Timeline>;
}

/** A device of a person: a local store that outlives its processes, and the engine that runs on it now, if one does. */
export class Device {
  readonly name: string;
  readonly recorder: DeviceRecorder;
  readonly disk = new MemoryDisk();
  readonly #parts: DeviceParts;
  #run: Run | undefined;
  #lives = 0;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    this.name = parts.name;
    this.recorder = parts.recorder;
  }

  get account(): string {
    return this.recorder.account;
  }

  get run(): Run | undefined {
    return this.#run;
  }

  /** Starts a process that connects to this address. */
  start(address: string): void {
    if (this.#run !== undefined) return;
    const { name, userName, token, clock = systemClock } = this.#parts;
    const life = new Life();
    const engine = createEngine({
      transport: recorded(life.transport(createBunTransport(address, token)), this.recorder),
      store: new MemoryStore(this.disk),
      clock: life.clock(clock),
      random: systemRandom,
      network: unknownNetwork,
      account: { account: this.account, userName, displayName: userName },
      deviceName: name,
    });
    this.#lives += 1;
    this.#run = { number: this.#lives, life, engine, screens: new Map() };
    // Never settles in a process that dies meanwhile.
    void engine.start();
  }

  /** The process dies, and with it the machine: of the commits that were not synced, the newest are lost. */
  kill(keepRelaxed = this.disk.relaxedCommits): void {
    this.#run?.life.end();
    this.#run = undefined;
    this.disk.crash({ keepRelaxed });
  }

  open(conversation: string): Timeline | undefined {
    const run = this.#run;
    if (run === undefined) return undefined;
    const known = run.screens.get(conversation);
    if (known !== undefined) return known;
    const timeline = run.engine.openTimeline(conversation);
    run.screens.set(conversation, timeline);
    return timeline;
  }

  close(conversation: string): void {
    this.#run?.screens.get(conversation)?.close();
    this.#run?.screens.delete(conversation);
  }
}
