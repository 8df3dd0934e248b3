import type { BucketRule } from "../limits/token-bucket.ts";

/** What one connection may do, and all connections of an account together. */
export interface ConnectionLimits {
  /** Submissions that may be unanswered at once. */
  readonly credit: number;
  /** Questions that may be unanswered at once. */
  readonly questions: number;
  /** Frames that may wait for Welcome. */
  readonly heldFrames: number;
  readonly frames: BucketRule;
  /** Frames of marks, of which a device that keeps the rules sends one a second. */
  readonly marks: BucketRule;
  /** Frames of drafts, likewise. */
  readonly drafts: BucketRule;
  /** Interval of Pings; a device silent for twice as long is disconnected. */
  readonly heartbeatMs: number;
  /** How long a new socket may take to say Hello. */
  readonly helloWithinMs: number;
  /** Sockets that an account may have open. */
  readonly socketsPerAccount: number;
  /** Sockets that an account may open. */
  readonly openings: BucketRule;
  /**
   * What an account may send on all its sockets together, in KiB: a frame costs its reader in proportion to its size. Commands that have a
   * verdict do not count: those are limited by themselves.
   */
  readonly kibibytes: BucketRule;
  /** How often an account may look up what a link leads to. */
  readonly lookUps: BucketRule;
}

export const connectionLimits: ConnectionLimits = {
  credit: 64,
  questions: 32,
  heldFrames: 64,
  frames: { burst: 500, refillMs: 5 },
  marks: { burst: 20, refillMs: 250 },
  drafts: { burst: 20, refillMs: 250 },
  heartbeatMs: 30_000,
  helloWithinMs: 10_000,
  socketsPerAccount: 256,
  openings: { burst: 500, refillMs: 50 },
  kibibytes: { burst: 8 * 1024, refillMs: 0.5 },
  lookUps: { burst: 30, refillMs: 2_000 },
};
