import type { Clock } from "../connection/clock.ts";

/**
 * When a commit may begin: at once after a pause, else some milliseconds after the one before. A commit costs what it changes in pages and one sync, which a few
 * messages share as well as one; so a steady flow of them takes half the processor's time, and nobody notices the wait.
 *
 * @param spacingMs least time between the beginnings of two commits
 */
export function commitPace(clock: Pick<Clock, "after" | "elapsed">, spacingMs: number): (task: () => void) => void {
  let begunAt = Number.NEGATIVE_INFINITY;
  return (task) => {
    const wait = Math.max(0, begunAt + spacingMs - clock.elapsed());
    clock.after(wait, () => {
      begunAt = clock.elapsed();
      task();
    });
  };
}
