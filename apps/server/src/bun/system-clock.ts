import type { Clock } from "../connection/clock.ts";

/** The machine's clock and timers. Timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(delayMs, task) {
    if (delayMs <= 0) {
      // A timer would wait for the next millisecond; what waits for sockets still has its turn first.
      const immediate = setImmediate(task);
      return () => clearImmediate(immediate);
    }
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
