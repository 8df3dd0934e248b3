import { describe, expect, test } from "bun:test";
import { RejectionCode, RetryCode } from "@parley/protocol";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { StoreError } from "../store/store-error.ts";
import {
  groupOf,
  orderAfter,
  rejectionOf,
  Stage,
  seqOf,
  type TestDevice,
  text,
  textsOf,
  unordered,
} from "../testing/log-stage.ts";
import type { Check } from "./checks/check.ts";
import { checks } from "./checks/checks.ts";
import type { Collaborators } from "./collaborators.ts";
import { BucketRateLimiter, unlimited } from "./rate-limiter.ts";
import { rejectionRecorder } from "./rejection-recorder.ts";

describe("the order of checks", () => {
  /** What is wrong with a command; the first in the order decides. */
  type Fault = "id" | "link" | "limit" | "authority" | "body";
  const order: readonly Fault[] = ["id", "link", "limit", "authority", "body"];
  const pairs = order.flatMap((first, index) => order.slice(index + 1).map((second) => [first, second] as const));

  test.each(pairs)("[CMD2] %s comes before %s", async (first, second) => {
    const outcome = await judgeWith(new Set([first, second]));
    expect(outcome).toBe(first);
  });

  test.each(order.map((fault) => [fault] as const))("%s alone is noticed", async (fault) => {
    expect(await judgeWith(new Set([fault]))).toBe(fault);
  });

  async function judgeWith(faults: ReadonlySet<Fault>): Promise<Fault | "accepted"> {
    let empty = false;
    const limiter = { draft: () => ({ take: () => (empty ? 50 : 0), commit: () => undefined }) };
    const { stage, ann } = await play({ limiter });
    const log = await stage.group(ann, []);
    const known = await ann.must(log, text("known"));
    const last = ann.last.get(log);
    if (faults.has("authority")) await stage.log.writer.closeDevice(ann.account, ann.device);
    empty = faults.has("limit");
    const id = faults.has("id") ? known : stage.id();
    const link = faults.has("link") ? orderAfter(undefined) : orderAfter(last);
    const answer = await ann.execute(ann.submission(log, text(faults.has("body") ? "" : "new"), link, id));
    if (answer.outcome.case === "stale") return "link";
    if (answer.outcome.case === "retry") return "limit";
    const code = rejectionOf(answer);
    if (code === RejectionCode.DEVICE_CLOSED) return "authority";
    if (code === RejectionCode.INVALID) return "body";
    return seqOf(answer) === 2 ? "id" : "accepted";
  }
});

describe("limits", () => {
  test("[CMD6] without tokens nothing is recorded, and the time to wait is told", async () => {
    let now = 1_000;
    const limiter = new BucketRateLimiter({ burst: 3, refillMs: 100 }, { elapsed: () => now });
    const { stage, ann } = await play({ limiter });
    const log = await stage.group(ann, []);
    await ann.must(log, text("2"));
    await ann.must(log, text("3"));
    const post = ann.submission(log, text("4"), orderAfter(ann.last.get(log)));
    const refusal = await ann.execute(post);
    expect(refusal.outcome).toMatchObject({
      case: "retry",
      value: { code: RetryCode.RATE_LIMITED, retryAfterMs: 100 },
    });
    expect(await stage.log.reader.verdicts(ann.account, log, [refusal.id])).toEqual([]);
    now += 100;
    expect(seqOf(await ann.execute(post))).toBe(4);
    expect(seqOf(await ann.execute(post))).toBe(4);
  });

  test("STALE costs no token, nor does a copy", async () => {
    const limiter = new BucketRateLimiter({ burst: 2, refillMs: 1_000_000 }, { elapsed: () => 0 });
    const { stage, ann } = await play({ limiter });
    const log = await stage.group(ann, []);
    for (let round = 0; round < 5; round++) {
      const stale = await ann.execute(ann.submission(log, text("x"), orderAfter(undefined)));
      expect(stale.outcome.case).toBe("stale");
    }
    expect(seqOf(await ann.send(log, text("still a token")))).toBe(2);
  });

  test("tokens of a transaction that was rolled back are not spent", async () => {
    let broken = true;
    const limiter = new BucketRateLimiter({ burst: 2, refillMs: 1_000_000 }, { elapsed: () => 0 });
    const { stage, ann } = await play({ limiter, checks: [...checks, throwing(() => broken)] });
    const log = stage.id();
    const creation = ann.submission(log, groupOf([]), orderAfter(undefined));
    await ann.execute(creation);
    await ann.execute(creation);
    broken = false;
    expect(seqOf(await ann.execute(creation))).toBe(1);
  });

  test("an account leaves only so many rejections in the store in one period", async () => {
    let now = 1_000;
    const recordRejection = rejectionRecorder({ count: 2, periodMs: 500 });
    const { stage, ann } = await play({ recordRejection }, () => now);
    const log = await stage.group(ann, []);
    for (let round = 0; round < 2; round++) {
      expect(rejectionOf(await ann.send(log, text("")))).toBe(RejectionCode.INVALID);
    }
    now += 100;
    const third = await ann.send(log, text(""));
    expect(third.outcome).toMatchObject({ case: "retry", value: { code: RetryCode.RATE_LIMITED, retryAfterMs: 400 } });
    expect(seqOf(await ann.send(log, text("what is right still passes")))).toBe(2);
    now += 400;
    expect(rejectionOf(await ann.send(log, text("")))).toBe(RejectionCode.INVALID);
  });

  test("[CMD6] where no rejection may be stored any more, neither may a withdrawal by a stranger", async () => {
    let now = 1_000;
    const recordRejection = rejectionRecorder({ count: 1, periodMs: 500 });
    const { stage, ann, bob } = await play({ recordRejection }, () => now);
    const log = await stage.group(ann, []);
    const targets = [stage.id(), stage.id()];
    const withdrawals = targets.map((target) => {
      return bob.submission(log, { case: "withdraw", value: { target } }, unordered);
    });
    const { answers } = await stage.log.writer.execute(withdrawals);
    expect(answers.map(({ outcome }) => outcome.case)).toEqual(["verdict", "retry"]);
    const stored = await stage.log.reader.verdicts(bob.account, log, targets);
    expect(stored.map(({ id }) => id)).toEqual(targets.slice(0, 1));
    now += 500;
    const [later] = withdrawals.slice(1);
    if (later !== undefined) expect(rejectionOf(await bob.execute(later))).toBe(RejectionCode.NOT_FOUND);
    expect(await stage.log.reader.verdicts(bob.account, log, targets)).toHaveLength(2);
  });
});

describe("commands that throw", () => {
  test("are answered with RETRY and do not hold back others of the batch", async () => {
    const reported: unknown[] = [];
    const { stage, ann, bob } = await play({
      checks: [...checks, throwing((words) => words === "bad")],
      reportFailure: (error) => reported.push(error),
    });
    const log = await stage.group(ann, [bob]);
    const [bad, next] = [ann.prepare(log, text("bad")), ann.prepare(log, text("after bad"))];
    const { answers, published } = await stage.log.writer.execute([bob.prepare(log, text("good")), bad, next]);
    expect(answers.map(({ outcome }) => outcome.case)).toEqual(["verdict", "retry", "stale"]);
    expect(answers[1]?.outcome.value).toMatchObject({ code: RetryCode.UNAVAILABLE });
    expect(published).toHaveLength(1);
    expect(textsOf(await ann.page(log))).toEqual(["created", "good"]);
    expect(reported).toEqual([new Error("A fault of the server's own.")]);
  });

  test("let no batch overtake the one that is judged again", async () => {
    const { stage, ann, bob } = await play({ checks: [...checks, throwing((words) => words === "bad")] });
    const log = await stage.group(ann, [bob]);
    const write = (device: TestDevice, ...words: string[]) =>
      stage.log.writer.execute(words.map((word) => device.prepare(log, text(word))));
    const [first, second] = await Promise.all([write(bob, "one", "two", "bad"), write(ann, "three")]);
    const seqs = [...first.published, ...second.published].map(({ event }) => event.seq);
    expect(seqs).toEqual([2, 3, 4]);
    expect(textsOf(await ann.page(log))).toEqual(["created", "one", "two", "three"]);
  });

  test("[CMD7] three times alone while others are committed are rejected", async () => {
    const { stage, ann, bob } = await play({ checks: [...checks, throwing((words) => words === "bad")] });
    const log = await stage.group(ann, [bob]);
    const bad = ann.prepare(log, text("bad"));
    const answers: (string | undefined)[] = [];
    for (let round = 0; round < 3; round++) {
      await bob.must(log, text(`${round}`));
      const answer = await ann.execute(bad);
      answers.push(answer.outcome.case);
      if (round === 2) expect(rejectionOf(answer)).toBe(RejectionCode.FAILED);
    }
    expect(answers).toEqual(["retry", "retry", "verdict"]);
    expect(rejectionOf(await ann.execute(bad))).toBe(RejectionCode.FAILED);
    expect(seqOf(await ann.send(log, text("the queue goes on")))).toBe(5);
  });

  test("[CMD7] are not rejected while nothing else is committed: it may be the store", async () => {
    const { stage, ann } = await play({ checks: [...checks, throwing((words) => words === "bad")] });
    const log = await stage.group(ann, []);
    const bad = ann.prepare(log, text("bad"));
    for (let round = 0; round < 10; round++) expect((await ann.execute(bad)).outcome.case).toBe("retry");
  });

  test("errors of the store itself reach the caller", async () => {
    const failing: Check = async () => {
      throw new StoreError("corrupt", "Broken.");
    };
    const { stage, ann } = await play({ checks: [failing] });
    const creation = ann.submission(stage.id(), groupOf([]), orderAfter(undefined));
    expect(ann.execute(creation)).rejects.toThrow("Broken.");
  });
});

/** Throws for posts that a test wants to fail. */
function throwing(when: (words: string) => boolean): Check {
  return async ({ command: { body } }) => {
    const content = body.case === "post" ? body.value.content?.form.value : undefined;
    const words = typeof content === "object" && "text" in content ? content.text : "";
    if (when(words)) throw new Error("A fault of the server's own.");
    return undefined;
  };
}

async function play(given: Partial<Collaborators>, now: () => number = () => 1_000) {
  const collaborators = { limiter: unlimited, ...given };
  const mintId = () => "incarnation";
  const stage = new Stage(
    await openSqliteLogInProcess({ database: ":memory:", clock: { now }, mintId, collaborators }),
  );
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  return { stage, ann, bob } satisfies { stage: Stage; ann: TestDevice; bob: TestDevice };
}
