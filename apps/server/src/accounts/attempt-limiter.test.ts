import { expect, test } from "bun:test";
import { ProblemCode } from "@parley/protocol";
import { ManualClock } from "../testing/manual-clock.ts";
import { AttemptLimiter } from "./attempt-limiter.ts";
import { Refusal } from "./refusal.ts";

const rule = { burst: 2, refillMs: 1_000 };

function refusal(limiter: AttemptLimiter, key: string): Refusal | undefined {
  try {
    limiter.take(key);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

test("too many attempts are refused with the time to wait, for that key only", async () => {
  const clock = new ManualClock();
  const limiter = new AttemptLimiter(rule, clock);
  limiter.take("ada");
  limiter.take("ada");
  expect(refusal(limiter, "ada")).toMatchObject({ code: ProblemCode.RATE_LIMITED, retryAfterMs: 1_000 });
  expect(refusal(limiter, "ben")).toBeUndefined();
  await clock.advance(1_000);
  expect(refusal(limiter, "ada")).toBeUndefined();
});

test("an attempt that was fine does not count", () => {
  const limiter = new AttemptLimiter(rule, new ManualClock());
  for (let round = 0; round < 10; round++) {
    limiter.take("ada");
    limiter.giveBack("ada");
  }
  expect(refusal(limiter, "ada")).toBeUndefined();
});

test("many keys are forgotten once they are as good as new", async () => {
  const clock = new ManualClock();
  const limiter = new AttemptLimiter(rule, clock);
  for (let key = 0; key < 10_000; key++) limiter.take(`old ${key}`);
  await clock.advance(10_000);
  limiter.take("ada");
  limiter.take("ada");
  expect(refusal(limiter, "ada")?.code).toBe(ProblemCode.RATE_LIMITED);
});

test("a crowd of new keys does not make each attempt dearer", () => {
  const keys = 40_000;
  let looks = 0;
  // Nobody can look at a bucket without asking how much it holds.
  const watched = {
    refillMs: rule.refillMs,
    get burst() {
      looks++;
      return rule.burst;
    },
  };
  const limiter = new AttemptLimiter(watched, new ManualClock());
  for (let key = 0; key < keys; key++) limiter.take(`new ${key}`);
  expect(looks).toBeLessThan(10 * keys);
});
