import type { Clock } from "@parley/client";
import type { TimeFormat } from "./time-format.ts";

/** Timers stand still while a device sleeps, and somebody may set its clock or travel with it: no longer than this is trusted to one. */
const LOOK_AGAIN_MS = 5 * 60_000;

/** What the times on a page depend on. */
export interface ShownTimes {
  readonly clock: Clock;
  readonly format: TimeFormat;
  /** Calls whenever a person may be looking at the page again. Returns how to stop. */
  readonly whenSeen: (listener: () => void) => () => void;
}

/** Calls when the reader's day or time zone has become another: "Today" becomes "Yesterday" without any event. @returns how to stop */
export function whenTimesChange({ clock, format, whenSeen }: ShownTimes, changed: () => void): () => void {
  let shown = format.today(clock.now());
  let stop = () => {};
  const wait = () => {
    const now = clock.now();
    stop = clock.after(Math.min(format.nextDay(now) - now, LOOK_AGAIN_MS), look);
  };
  const look = () => {
    stop();
    format.followDevice();
    const today = format.today(clock.now());
    const isOther = today !== shown;
    shown = today;
    wait();
    if (isOther) changed();
  };
  wait();
  const stopSeeing = whenSeen(look);
  return () => {
    stopSeeing();
    stop();
  };
}
