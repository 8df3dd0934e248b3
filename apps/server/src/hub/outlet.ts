import type { Clock } from "../connection/clock.ts";

/** How long a value may wait for others, and until when it is worth sending. */
export interface Urgency {
  /** Least time since the frame before. */
  readonly gapMs: number;
  /** When, in time elapsed, the value is not worth sending any more. */
  readonly expiresAt: number;
}

interface Waiting<Value> {
  readonly value: Value;
  readonly expiresAt: number;
}

/** After this long an outlet whose device reads slowly looks again. */
const RETRY_MS = 1_000;
/** No frame carries more values than this. */
const VALUES_PER_FRAME = 1_000;

/** Where values of which only the newest counts leave for one device: by key, the newest replaces what still waits. */
export class Outlet<Value> {
  readonly #clock: Clock;
  readonly #reader: { readonly clear: boolean };
  readonly #emit: (values: readonly Value[]) => void;
  #waiting: Map<string, Waiting<Value>> | undefined;
  #closed = false;
  #lastAt = Number.NEGATIVE_INFINITY;
  #scheduled: { readonly dueAt: number; readonly cancel: () => void } | undefined;

  /** @param reader is clear while the device reads fast enough for things that can wait */
  constructor(clock: Clock, reader: { readonly clear: boolean }, emit: (values: readonly Value[]) => void) {
    this.#clock = clock;
    this.#reader = reader;
    this.#emit = emit;
  }

  push(key: string, value: Value, { gapMs, expiresAt }: Urgency): void {
    if (this.#closed) return;
    this.#waiting ??= new Map();
    // What was pushed last leaves last.
    this.#waiting.delete(key);
    this.#waiting.set(key, { value, expiresAt });
    this.#schedule(this.#lastAt + gapMs);
  }

  /** What waits to leave under a key. */
  waiting(key: string): Value | undefined {
    return this.#waiting?.get(key)?.value;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
    this.#scheduled?.cancel();
    this.#scheduled = undefined;
  }

  #schedule(at: number): void {
    const now = this.#clock.elapsed();
    const dueAt = Math.max(now, at);
    if (this.#scheduled !== undefined) {
      if (this.#scheduled.dueAt <= dueAt) return;
      this.#scheduled.cancel();
    }
    this.#scheduled = { dueAt, cancel: this.#clock.after(dueAt - now, () => this.#flush()) };
  }

  #flush(): void {
    this.#scheduled = undefined;
    const now = this.#clock.elapsed();
    if (!this.#reader.clear) {
      this.#schedule(now + RETRY_MS);
      return;
    }
    const values: Value[] = [];
    for (const [key, { value, expiresAt }] of this.#waiting ?? []) {
      if (values.length === VALUES_PER_FRAME) break;
      this.#waiting?.delete(key);
      if (expiresAt > now) values.push(value);
    }
    if (this.#waiting?.size === 0) this.#waiting = undefined;
    if (this.#waiting !== undefined) this.#schedule(now + RETRY_MS);
    if (values.length === 0) return;
    this.#lastAt = now;
    this.#emit(values);
  }
}
