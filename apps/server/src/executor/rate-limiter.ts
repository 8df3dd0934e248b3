import type { Stopwatch } from "../limits/stopwatch.ts";
import { type Bucket, type BucketRule, fullBucket, isFull, takeToken, waitForToken } from "../limits/token-bucket.ts";

/** Tokens taken while a transaction runs; they count once it is durable. */
export interface TokenDraft {
  /** Takes a token of an account, or several: all that a bucket holds at the most. 0, or the milliseconds until there are so many. */
  take(account: string, count?: number): number;
  commit(): void;
}

/** How many verdicts an account may have. */
export interface RateLimiter {
  draft(): TokenDraft;
}

/** Above this number of remembered accounts those at rest are forgotten. */
const REMEMBERED_ACCOUNTS = 10_000;

/** A token bucket for each account, in memory. */
export class BucketRateLimiter implements RateLimiter {
  readonly #rule: BucketRule;
  readonly #stopwatch: Stopwatch;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rule: BucketRule, stopwatch: Stopwatch) {
    this.#rule = rule;
    this.#stopwatch = stopwatch;
  }

  draft(): TokenDraft {
    const taken = new Map<string, Bucket>();
    return {
      take: (account, count = 1) => {
        const cost = Math.min(count, this.#rule.burst);
        const now = this.#stopwatch.elapsed();
        const bucket = taken.get(account) ?? this.#buckets.get(account) ?? fullBucket(this.#rule, now);
        const less = takeToken(this.#rule, bucket, now, cost);
        if (less === undefined) return waitForToken(this.#rule, bucket, now, cost);
        taken.set(account, less);
        return 0;
      },
      commit: () => {
        for (const [account, bucket] of taken) this.#buckets.set(account, bucket);
        if (this.#buckets.size > REMEMBERED_ACCOUNTS) this.#forget();
      },
    };
  }

  #forget(): void {
    const now = this.#stopwatch.elapsed();
    for (const [account, bucket] of this.#buckets) {
      if (isFull(this.#rule, bucket, now)) this.#buckets.delete(account);
    }
  }
}

/** No limit, for imports and for demonstration data. */
export const unlimited: RateLimiter = { draft: () => ({ take: () => 0, commit: () => undefined }) };
