import type { Stopwatch } from "../limits/stopwatch.ts";
import { StoreError } from "../store/store-error.ts";

/** Devices repeat what failed every few seconds, all of them. */
const AGAIN_AFTER_MS = 60_000;
const FULL = "The disk is full: nothing can be stored until there is room. Devices keep what was sent, and try again.";

/** Tells the host why commands fail that no verdict speaks of; the same reason once a minute. */
export function failureLog(stopwatch: Stopwatch, write: (reason: unknown) => void): (error: unknown) => void {
  let last = { message: "", at: Number.NEGATIVE_INFINITY };
  return (error) => {
    const message = error instanceof Error ? error.message : String(error);
    const at = stopwatch.elapsed();
    if (message === last.message && at - last.at < AGAIN_AFTER_MS) return;
    last = { message, at };
    write(error instanceof StoreError && error.kind === "full" ? FULL : error);
  };
}
