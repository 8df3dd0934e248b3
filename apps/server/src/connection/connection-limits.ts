import type { BucketRule } from "../limits/token-bucket.ts";

/** What one connection may do. */
export interface ConnectionLimits {
  /** Submissions that may be unanswered at once. */
  readonly credit: number;
  /** Questions that may be unanswered at once. */
  readonly questions: number;
  /** Frames that may wait for Welcome. */
  readonly heldFrames: number;
  readonly frames: BucketRule;
  /** Interval of Pings; a device silent for twice as long is disconnected. */
  readonly heartbeatMs: number;
  /** How long a new socket may take to say Hello. */
  readonly helloWithinMs: number;
}

export const connectionLimits: ConnectionLimits = {
  credit: 64,
  questions: 32,
  heldFrames: 64,
  frames: { burst: 500, refillMs: 5 },
  heartbeatMs: 30_000,
  helloWithinMs: 10_000,
};
