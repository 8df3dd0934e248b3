import type { PlacedMessage } from "./placed-message.ts";

export interface SavedSummary {
  readonly count: number;
  /** Another one whenever something was saved or is no more. */
  readonly version: number;
}

export interface SavedView {
  /** Of all that are saved. */
  readonly count: number;
  /** The one saved last comes first. */
  readonly items: readonly PlacedMessage[];
}
