import type { PlacedMessage } from "./placed-message.ts";
import type { ThreadPlace } from "./thread-place.ts";

export interface SavedItem extends PlacedMessage {
  /** The thread that it is in; absent if it is in none, or that is not known yet. */
  readonly thread?: ThreadPlace | undefined;
}

export interface SavedSummary {
  readonly count: number;
  /** Another one whenever something was saved or is no more. */
  readonly version: number;
}

export interface SavedView {
  /** Of all that are saved. */
  readonly count: number;
  /** The one saved last comes first. */
  readonly items: readonly SavedItem[];
}
