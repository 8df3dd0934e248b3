/** What a server allows of edits, and what it keeps of them. */
export interface EditPolicy {
  /** For how long after it was posted a message may be edited, in milliseconds. */
  readonly withinMs: number;
  /** How many former versions are kept of a message. */
  readonly versions: number;
}

export const editPolicy: EditPolicy = { withinMs: Number.POSITIVE_INFINITY, versions: 50 };
