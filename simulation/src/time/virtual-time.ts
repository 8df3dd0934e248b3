interface Scheduled {
  readonly at: number;
  /** Breaks ties: what was scheduled first runs first. */
  readonly order: number;
  readonly task: () => void;
  cancelled: boolean;
}

/**
 * Time that passes only when somebody asks for it. Tasks run one at a time, in the order of their times; after each one everything that it
 * set in motion (promises that settle at once) has run to its end before the next begins. So a run depends on nothing but its inputs.
 */
export class VirtualTime {
  #now: number;
  #order = 0;
  readonly #heap: Scheduled[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  /** Tasks that wait, cancelled ones included. */
  get waiting(): number {
    return this.#heap.length;
  }

  /** Runs `task` once after `delayMs`; returns how to cancel it. */
  after(delayMs: number, task: () => void): () => void {
    const scheduled: Scheduled = { at: this.#now + Math.max(0, delayMs), order: this.#order++, task, cancelled: false };
    this.#push(scheduled);
    return () => {
      scheduled.cancelled = true;
    };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  /** Runs the next task; false if there is none up to `until`. */
  async step(until = Number.POSITIVE_INFINITY): Promise<boolean> {
    let next = this.#heap[0];
    while (next?.cancelled) {
      this.#pop();
      next = this.#heap[0];
    }
    if (next === undefined || next.at > until) return false;
    this.#pop();
    this.#now = next.at;
    next.task();
    await settled();
    return true;
  }

  /** Lets time pass, running what falls due; `afterStep` after each task. */
  async run(durationMs: number, afterStep?: () => void): Promise<void> {
    const end = this.#now + durationMs;
    await settled();
    while (await this.step(end)) afterStep?.();
    this.#now = end;
  }

  /** Lets time pass until `done`, at most for `limitMs`; whether it was done. */
  async runUntil(done: () => boolean, limitMs: number, afterStep?: () => void): Promise<boolean> {
    const end = this.#now + limitMs;
    await settled();
    while (!done()) {
      if (!(await this.step(end))) {
        this.#now = end;
        return done();
      }
      afterStep?.();
    }
    return true;
  }

  /** Waits for a promise while time passes, at most for `limitMs`. */
  async await<T>(promise: Promise<T>, limitMs: number, afterStep?: () => void): Promise<T> {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    promise.then(
      (value) => {
        outcome = { value };
      },
      (error: unknown) => {
        outcome = { error };
      },
    );
    await this.runUntil(() => outcome !== undefined, limitMs, afterStep);
    if (outcome === undefined) throw new Error(`still waiting after ${limitMs} ms of virtual time`);
    if ("error" in outcome) throw outcome.error;
    return outcome.value;
  }

  #push(item: Scheduled): void {
    const heap = this.#heap;
    let index = heap.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, item)) break;
      heap[index] = above;
      heap[parent] = item;
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = heap[2 * index + 1];
      const right = heap[2 * index + 2];
      if (left === undefined) break;
      const takeRight = right !== undefined && isBefore(right, left);
      const child = takeRight ? right : left;
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = 2 * index + (takeRight ? 2 : 1);
      heap[index] = last;
    }
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Resolves once every promise that can settle without a timer has settled: a macrotask runs only when no microtask is left. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
