import type { VirtualTime } from "./virtual-time.ts";

interface Timer {
  readonly task: () => void;
  /** By the process's own time, which stands still while it sleeps. */
  readonly due: number;
  cancel: () => void;
}

/**
 * A process (or a browser's worker) on virtual time. It can die, and then nothing of it runs any more; it can freeze, and then everything
 * waits until it thaws, as timers and messages do when a system suspends it; and its machine can sleep: then its timers stand still, and go on where
 * they were.
 */
export class Process {
  readonly name: string;
  readonly #time: VirtualTime;
  readonly #waiting: (() => void)[] = [];
  readonly #timers = new Set<Timer>();
  #state: "running" | "frozen" | "asleep" | "dead" = "running";
  #sleptMs = 0;
  #sleptAt = 0;

  constructor(name: string, time: VirtualTime) {
    this.name = name;
    this.#time = time;
  }

  get running(): boolean {
    return this.#state === "running";
  }

  get dead(): boolean {
    return this.#state === "dead";
  }

  get asleep(): boolean {
    return this.#state === "asleep";
  }

  /** Milliseconds that it was awake. */
  elapsed(): number {
    return (this.#state === "asleep" ? this.#sleptAt : this.#time.now()) - this.#sleptMs;
  }

  /** Runs `task` after a while, if the process still lives then; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void {
    if (this.#state === "dead") return () => undefined;
    const timer: Timer = { task, due: this.elapsed() + Math.max(0, delayMs), cancel: () => undefined };
    this.#timers.add(timer);
    if (this.#state !== "asleep") this.#schedule(timer);
    return () => {
      this.#timers.delete(timer);
      timer.cancel();
    };
  }

  /** Never resolves in a process that died. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  kill(): void {
    this.#state = "dead";
    this.#waiting.length = 0;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  freeze(): void {
    if (this.#state === "running") this.#state = "frozen";
  }

  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "running";
    for (const task of this.#waiting.splice(0)) this.#time.after(0, () => this.#deliver(task));
  }

  /** The machine falls asleep. One that is frozen stays so. */
  fallAsleep(): void {
    if (this.#state !== "running") return;
    this.#sleptAt = this.#time.now();
    this.#state = "asleep";
    for (const timer of this.#timers) timer.cancel();
  }

  wakeUp(): void {
    if (this.#state !== "asleep") return;
    this.#sleptMs += this.#time.now() - this.#sleptAt;
    this.#state = "running";
    for (const task of this.#waiting.splice(0)) this.#time.after(0, () => this.#deliver(task));
    for (const timer of this.#timers) this.#schedule(timer);
  }

  #schedule(timer: Timer): void {
    timer.cancel = this.#time.after(timer.due - this.elapsed(), () =>
      this.#deliver(() => {
        if (this.#timers.delete(timer)) timer.task();
      }),
    );
  }

  #deliver(task: () => void): void {
    if (this.#state === "running") task();
    else if (this.#state === "frozen" || this.#state === "asleep") this.#waiting.push(task);
  }
}
