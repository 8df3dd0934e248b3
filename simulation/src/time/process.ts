import type { VirtualTime } from "./virtual-time.ts";

/**
 * A process (or a browser's worker) on virtual time. It can die, and then nothing of it runs any more; it can freeze, and then everything
 * waits until it thaws, as timers and messages do when a system suspends it.
 */
export class Process {
  readonly name: string;
  readonly #time: VirtualTime;
  readonly #waiting: (() => void)[] = [];
  #state: "running" | "frozen" | "dead" = "running";

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

  /** Runs `task` after a while, if the process still lives then; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void {
    let cancelled = false;
    const cancel = this.#time.after(delayMs, () => this.#deliver(() => !cancelled && task()));
    return () => {
      cancelled = true;
      cancel();
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
  }

  freeze(): void {
    if (this.#state === "running") this.#state = "frozen";
  }

  thaw(): void {
    if (this.#state !== "frozen") return;
    this.#state = "running";
    for (const task of this.#waiting.splice(0)) this.#time.after(0, () => this.#deliver(task));
  }

  #deliver(task: () => void): void {
    if (this.#state === "running") task();
    else if (this.#state === "frozen") this.#waiting.push(task);
  }
}
