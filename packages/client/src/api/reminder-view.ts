import type { MessagePlace } from "./placed-message.ts";
import type { ThreadPlace } from "./thread-place.ts";

/** A message that one is to be reminded of, with what this device is about to change of that. */
export interface ReminderItem extends MessagePlace {
  /** The thread that it is in; absent if it is in none, or that is not known yet. */
  readonly thread?: ThreadPlace | undefined;
  /** Undefined until the server has told it. */
  readonly ordinal: number | undefined;
  /** By this device's clock. */
  readonly at: number;
  readonly state: /** The server reminds one of it, whether this device is there or not. */
    | "upcoming"
    /** The server does not know yet that it is set so. */
    | "unsent"
    /** Its time has come. */
    | "due";
}

/** Reminders that ended although nobody wanted them to. */
export interface LostReminders {
  /** Another one, and a greater one, whenever some were lost. */
  readonly seq: number;
  readonly count: number;
  readonly why: "deleted" | "out-of-sight";
}
