/** What one step of a search found in a conversation, newest first. */
export interface SearchPage {
  readonly results: readonly SearchResult[];
  /** How many messages this step looked at. */
  readonly searched: number;
  /** Where the next step begins; undefined when everything on this device has been searched. */
  readonly next: SearchPlace | undefined;
  /** This device holds the whole conversation, as far as its owner may see it. */
  readonly complete: boolean;
}

/** How far a search has come: what waits to be sent comes before what the log holds. */
export type SearchPlace =
  | { readonly kind: "pending"; readonly before: number }
  | { readonly kind: "entries"; readonly before: number };

export interface SearchResult {
  /** Of the message. */
  readonly id: string;
  /** Undefined while pending. */
  readonly ordinal: number | undefined;
  readonly author: string;
  readonly authorName: string;
  readonly mine: boolean;
  readonly at: number;
  /** The part of its text where it was found. */
  readonly excerpt: readonly ExcerptPart[];
}

export interface ExcerptPart {
  readonly text: string;
  /** This is what was looked for. */
  readonly hit: boolean;
}
