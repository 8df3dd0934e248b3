/** How often something may happen: `burst` at once, then one per `refillMs`. */
export interface BucketRule {
  readonly burst: number;
  readonly refillMs: number;
}

/** Tokens that were left at a time. Fractions count. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export function fullBucket(rule: BucketRule, now: number): Bucket {
  return { tokens: rule.burst, at: now };
}

/** Takes a token, or several at once; undefined if there are not so many. */
export function takeToken(rule: BucketRule, bucket: Bucket, now: number, count = 1): Bucket | undefined {
  const tokens = refilled(rule, bucket, now);
  return tokens < count ? undefined : { tokens: tokens - count, at: now };
}

/** Gives a token back, or several. */
export function returnToken(rule: BucketRule, bucket: Bucket, now: number, count = 1): Bucket {
  return { tokens: Math.min(rule.burst, refilled(rule, bucket, now) + count), at: now };
}

/** Milliseconds until there is a token, or so many; 0 if there are. */
export function waitForToken(rule: BucketRule, bucket: Bucket, now: number, count = 1): number {
  return Math.max(0, Math.ceil((count - refilled(rule, bucket, now)) * rule.refillMs));
}

/** Whether the bucket is full again, so that it need not be remembered. */
export function isFull(rule: BucketRule, bucket: Bucket, now: number): boolean {
  return refilled(rule, bucket, now) >= rule.burst;
}

function refilled(rule: BucketRule, bucket: Bucket, now: number): number {
  // A clock that went back must not take tokens away.
  const elapsed = Math.max(0, now - bucket.at);
  return Math.min(rule.burst, bucket.tokens + elapsed / rule.refillMs);
}
