import { ProblemCode } from "@parley/protocol";
import type { Stopwatch } from "../limits/stopwatch.ts";
import {
  type Bucket,
  type BucketRule,
  fullBucket,
  isFull,
  returnToken,
  takeToken,
  waitForToken,
} from "../limits/token-bucket.ts";
import { Refusal } from "./refusal.ts";

/** From this many keys on, those that are as good as new are forgotten. */
const KEYS = 10_000;

/** How often something may be tried, counted for each key. */
export class AttemptLimiter {
  readonly #rule: BucketRule;
  readonly #stopwatch: Stopwatch;
  readonly #buckets = new Map<string, Bucket>();
  /** Grows with what is left after forgetting, so that a crowd does not make every attempt look at everybody. */
  #forgetFrom = KEYS;

  constructor(rule: BucketRule, stopwatch: Stopwatch) {
    this.#rule = rule;
    this.#stopwatch = stopwatch;
  }

  /**
   * Counts an attempt. Throws a Refusal that says when to come back if there were too many.
   *
   * @param weight as how many attempts it counts; at most what may be made at once
   */
  take(key: string, weight = 1): void {
    const now = this.#stopwatch.elapsed();
    const bucket = this.#buckets.get(key) ?? fullBucket(this.#rule, now);
    const taken = takeToken(this.#rule, bucket, now, weight);
    if (taken === undefined) {
      const retryAfterMs = waitForToken(this.#rule, bucket, now, weight);
      throw new Refusal(ProblemCode.RATE_LIMITED, "Too many attempts. Try again later.", retryAfterMs);
    }
    if (this.#buckets.size >= this.#forgetFrom) this.#forget(now);
    this.#buckets.set(key, taken);
  }

  /** The attempt was fine and does not count. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) this.#buckets.set(key, returnToken(this.#rule, bucket, this.#stopwatch.elapsed()));
  }

  #forget(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (isFull(this.#rule, bucket, now)) this.#buckets.delete(key);
    }
    this.#forgetFrom = Math.max(KEYS, 2 * this.#buckets.size);
  }
}
