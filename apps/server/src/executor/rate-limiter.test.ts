import { expect, test } from "bun:test";
import { BucketRateLimiter } from "./rate-limiter.ts";

test("what a draft took counts for others only once it is committed", () => {
  let now = 0;
  const limiter = new BucketRateLimiter({ burst: 2, refillMs: 100 }, { elapsed: () => now });
  const dropped = limiter.draft();
  expect([dropped.take("ann"), dropped.take("ann"), dropped.take("ann")]).toEqual([0, 0, 100]);
  const kept = limiter.draft();
  expect([kept.take("ann"), kept.take("ann"), kept.take("bob")]).toEqual([0, 0, 0]);
  kept.commit();
  const later = limiter.draft();
  expect([later.take("ann"), later.take("bob")]).toEqual([100, 0]);
  now = 150;
  expect([limiter.draft().take("ann"), later.take("ann")]).toEqual([0, 0]);
});

test("what costs more than one token takes them, and never more than a bucket holds", () => {
  const limiter = new BucketRateLimiter({ burst: 3, refillMs: 100 }, { elapsed: () => 0 });
  const draft = limiter.draft();
  expect([draft.take("ann", 2), draft.take("ann", 2), draft.take("bob", 17), draft.take("bob")]).toEqual([
    0, 100, 0, 100,
  ]);
});
