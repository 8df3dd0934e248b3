import type { ThreadPlace } from "@parley/client";

/** Where a message is. */
export interface MessagePlace {
  readonly conversation: string;
  readonly id: string;
  readonly ordinal: number;
  /** The thread that it is in; undefined if it is in none. */
  readonly thread: ThreadPlace | undefined;
}
