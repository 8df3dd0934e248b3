import { clampMarks, mentionedAnew } from "@parley/log";
import { accountLogFollower } from "../followers/account-log-follower.ts";
import type { Follower } from "../followers/follower.ts";
import { type CursorKeeper, keepCursor } from "../followers/followers.ts";
import { reminderFollower } from "../followers/reminder-follower.ts";
import type { BucketRule } from "../limits/token-bucket.ts";
import type { WallClock } from "../log/wall-clock.ts";
import type { Check } from "./checks/check.ts";
import { checks } from "./checks/checks.ts";
import { type EditPolicy, editPolicy } from "./edit-policy.ts";
import type { MarkClamp } from "./marks.ts";
import { everyMemberSees, type PublicationRules } from "./publication.ts";
import { BucketRateLimiter, type RateLimiter } from "./rate-limiter.ts";
import { type RejectionRecorder, rejectionRecorder } from "./rejection-recorder.ts";

/** The exchangeable parts of the writer. */
export interface Collaborators {
  readonly checks: readonly Check[];
  readonly recordRejection: RejectionRecorder;
  readonly carriesEdit: PublicationRules["carriesEdit"];
  readonly clampMarks: MarkClamp;
  readonly edits: EditPolicy;
  readonly mentionedAnew: typeof mentionedAnew;
  readonly unfollowedAtOnce: number;
  /** Whether what strangers begin waits to be accepted. */
  readonly messageRequests: boolean;
  readonly limiter: RateLimiter;
  readonly followers: readonly Follower[];
  readonly keepCursor: CursorKeeper;
  readonly reportFailure: (error: unknown) => void;
}

/** The queues of a device that was away for a week are taken in one go; then 200 a second. */
export const verdictRule: BucketRule = { burst: 10_000, refillMs: 5 };
/** Each is an event, and a row with what was seen: a few milliseconds of a transaction. */
const UNFOLLOWED_AT_ONCE = 256;
const rejectionQuota = { count: 10_000, periodMs: 24 * 60 * 60 * 1_000 };

/** What the product uses. */
export function defaultCollaborators(clock: WallClock): Collaborators {
  return {
    checks,
    recordRejection: rejectionRecorder(rejectionQuota),
    carriesEdit: everyMemberSees,
    clampMarks,
    edits: editPolicy,
    mentionedAnew,
    unfollowedAtOnce: UNFOLLOWED_AT_ONCE,
    messageRequests: false,
    // The writer of a server has a stopwatch instead.
    limiter: new BucketRateLimiter(verdictRule, { elapsed: () => clock.now() }),
    followers: [accountLogFollower, reminderFollower],
    keepCursor,
    // Said by the thread that has a console.
    reportFailure: () => {},
  };
}
