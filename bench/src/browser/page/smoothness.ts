/** How smoothly frames came. */
export interface Smoothness {
  readonly frames: number;
  /** Frames that came late. */
  readonly late: number;
  /** Frames that should have been drawn before late ones, at 60 a second. */
  readonly dropped: number;
  /** For how long nothing was drawn at the longest. */
  readonly longestMs: number;
}

/** Something moved by itself. */
export interface Shift {
  /** As browsers count it (CLS). */
  readonly value: number;
  /** Elements. */
  readonly moved: readonly string[];
}
