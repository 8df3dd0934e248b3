import { DeviceClock } from "../time/device-clock.ts";
import { Process } from "../time/process.ts";
import type { DeviceMachine } from "./device-machine.ts";
import { Owner } from "./owner.ts";
import { runEngine } from "./run-engine.ts";
import type { Runtime } from "./runtime.ts";

/** A person opens it again after that. */
const START_AGAIN_MS = 1_000;
const NOTHING: ReadonlySet<string> = new Set();

/** An app with one process, and those that were frozen when it took over. */
export class AppRuntime implements Runtime {
  readonly handedOff = NOTHING;
  readonly #machine: DeviceMachine;
  #owner: Owner | undefined;
  #frozen: Owner[] = [];
  #starts = 0;

  constructor(machine: DeviceMachine) {
    this.#machine = machine;
  }

  get front(): Owner | undefined {
    return this.#owner?.process.running ? this.#owner : undefined;
  }

  get shown(): readonly Owner[] {
    return this.front === undefined ? [] : [this.front];
  }

  /** Another one that is frozen stays as it is, and will find that it owns nothing any more. */
  start(): void {
    if (this.#owner?.process.asleep) this.#owner.process.wakeUp();
    if (this.front !== undefined) return;
    if (this.#owner?.process.dead === false) this.#frozen.push(this.#owner);
    const { name, time, drawn } = this.#machine;
    this.#starts += 1;
    const process = new Process(`${name}#${this.#starts}`, time);
    const clock = new DeviceClock(time, process, this.#machine.skewMs);
    const random = this.#machine.random.fork(process.name);
    const failed = () => process.after(START_AGAIN_MS, () => this.#startAgain(process));
    const host = { device: this.#machine, process, clock, random, failed };
    this.#owner = new Owner({ process, clock, engine: runEngine(host), drawn, lane: name });
  }

  kill(): void {
    for (const owner of this.#all) owner.process.kill();
    this.#frozen = [];
    this.#owner = undefined;
  }

  freeze(): void {
    this.#owner?.process.freeze();
  }

  thaw(): void {
    for (const owner of this.#all) owner.process.thaw();
    this.#frozen = [];
  }

  fallAsleep(): void {
    for (const owner of this.#all) owner.process.fallAsleep();
  }

  wakeUp(): void {
    for (const owner of this.#all) owner.process.wakeUp();
  }

  setSkew(skewMs: number): void {
    if (this.#owner !== undefined) this.#owner.clock.skewMs = skewMs;
  }

  end(): void {
    this.kill();
  }

  get #all(): readonly Owner[] {
    return this.#owner === undefined ? this.#frozen : [this.#owner, ...this.#frozen];
  }

  /** Its local store failed for good. */
  #startAgain(process: Process): void {
    if (this.#owner?.process !== process) return;
    this.#machine.coverage.add("started again");
    this.#machine.kill();
    this.start();
  }
}
