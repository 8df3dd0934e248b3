import { describe, expect, test } from "bun:test";
import { type Bucket, fullBucket, isFull, returnToken, takeToken, waitForToken } from "./token-bucket.ts";

const rule = { burst: 3, refillMs: 100 };

function emptied(now: number): Bucket {
  let bucket = fullBucket(rule, now);
  for (let taken = 0; taken < rule.burst; taken++) bucket = takeToken(rule, bucket, now) ?? bucket;
  return bucket;
}

describe("token bucket", () => {
  test("gives the burst at once and then one token per interval", () => {
    const empty = emptied(0);
    expect(takeToken(rule, empty, 0)).toBeUndefined();
    expect(waitForToken(rule, empty, 0)).toBe(100);
    expect(takeToken(rule, empty, 99)).toBeUndefined();
    expect(takeToken(rule, empty, 100)).toEqual({ tokens: 0, at: 100 });
  });

  test("never holds more than the burst", () => {
    const later = takeToken(rule, emptied(0), 1_000_000);
    expect(later?.tokens).toBe(rule.burst - 1);
    expect(isFull(rule, emptied(0), 300)).toBe(true);
    expect(isFull(rule, emptied(0), 299)).toBe(false);
  });

  test("gives several at once or none of them", () => {
    const left = takeToken(rule, fullBucket(rule, 0), 0, 2);
    expect(left?.tokens).toBe(1);
    expect(takeToken(rule, left ?? emptied(0), 0, 2)).toBeUndefined();
    expect(waitForToken(rule, left ?? emptied(0), 0, 2)).toBe(100);
    expect(takeToken(rule, left ?? emptied(0), 100, 2)?.tokens).toBe(0);
  });

  test("takes a token back", () => {
    expect(waitForToken(rule, returnToken(rule, emptied(0), 0), 0)).toBe(0);
    expect(returnToken(rule, fullBucket(rule, 0), 0).tokens).toBe(rule.burst);
  });

  test("a clock that goes back takes nothing away", () => {
    expect(takeToken(rule, fullBucket(rule, 1_000), 0)?.tokens).toBe(rule.burst - 1);
  });
});
