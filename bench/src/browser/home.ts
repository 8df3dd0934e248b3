import type { Inhabitant } from "@parley/rig";

/** A conversation of the one whose browser is measured. */
export interface Place {
  readonly log: string;
  /** The id of a message that is in view when the conversation has been opened: the newest, or the first that is unread. */
  readonly landmark: string;
}

/** What a browser is measured on: somebody, and everything in their list of conversations. */
export interface Home {
  readonly me: Inhabitant;
  readonly places: readonly Place[];
}
