import type { Clock } from "@parley/client";
import type { TimeFormat } from "./time-format.ts";

/** Timers stand still while a device sleeps, and somebody may set its clock: no longer than this is trusted to one. */
const LOOK_AGAIN_MS = 5 * 60_000;

/** Calls when the reader's day has become another: "Today" becomes "Yesterday" without any event. @returns how to stop */
export function onEachDay(clock: Clock, format: TimeFormat, turned: () => void): () => void {
  let day = format.dayKey(clock.now());
  let stop = () => {};
  const wait = () => {
    const now = clock.now();
    stop = clock.after(Math.min(format.nextDay(now) - now, LOOK_AGAIN_MS), look);
  };
  const look = () => {
    const today = format.dayKey(clock.now());
    const isOther = today !== day;
    day = today;
    wait();
    if (isOther) turned();
  };
  wait();
  return () => stop();
}
