import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import {
  directWith,
  edited,
  orderAfter,
  rejectionOf,
  type Stage,
  seqOf,
  text,
  textsOf,
  unordered,
} from "../../testing/log-stage.ts";

/** Verdicts, order and withdrawal. */
export function commandContract(stage: () => Stage): void {
  describe("verdicts", () => {
    test("[CMD1] a copy gets the same verdict, whatever has changed since", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().group(ann, [bob]);
      const post = bob.prepare(log, text("hello"));
      const first = await bob.execute(post);
      await ann.must(log, { case: "removeMembers", value: { accounts: [bob.account] } });
      expect(seqOf(first)).toBe(2);
      expect(await bob.execute(post)).toEqual(first);
    });

    test("[CMD1] a copy in the same batch gets the same verdict", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const post = ann.prepare(log, text("once"));
      const { answers, published } = await stage().log.writer.execute([post, post]);
      expect(answers[0]).toEqual(answers[1]);
      expect(published).toHaveLength(1);
      expect(textsOf(await bob.page(log))).toEqual(["created", "once"]);
    });

    test("[CMD2] a known id is answered before its link is looked at", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const id = await ann.must(log, text("one"));
      await ann.must(log, text("two"));
      const copy = ann.submission(log, text("one"), orderAfter(undefined), id);
      expect(seqOf(await ann.execute(copy))).toBe(2);
    });

    test("[CMD3] another account's id is taken, and the first verdict stays", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const id = await ann.must(log, text("mine"));
      const stolen = await bob.execute(bob.submission(log, text("not mine"), orderAfter(undefined), id));
      expect(rejectionOf(stolen)).toBe(RejectionCode.ID_TAKEN);
      const [answer] = await stage().log.reader.verdicts(ann.account, log, [id]);
      expect(answer && seqOf(answer)).toBe(2);
      expect(await stage().log.reader.verdicts(bob.account, log, [id])).toEqual([]);
      expect(seqOf(await bob.send(log, text("still first")))).toBe(3);
    });

    test("[CMD4] a command without effect takes a seq", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("like this"));
      const react = { case: "setReaction", value: { target, emoji: "👍" } } as const;
      expect(seqOf(await bob.send(log, react))).toBe(3);
      const again = await stage().log.writer.execute([bob.prepare(log, react)]);
      expect(again.answers.map(seqOf)).toEqual([4]);
      expect(again.published.map(({ event }) => event.body.case)).toEqual(["noEffect"]);
    });

    test("[CMD5] a rejection is recorded, repeated, and takes its place in the order", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const wrong = ann.prepare(log, text(""));
      const answer = await ann.execute(wrong);
      expect(rejectionOf(answer)).toBe(RejectionCode.INVALID);
      expect(await ann.execute(wrong)).toEqual(answer);
      expect(seqOf(await ann.send(log, text("next")))).toBe(2);
    });

    test.each([
      ["a UUIDv4", "6b1f9c3e-8d2a-4f6b-9a1c-2d3e4f5a6b7c"],
      ["a UUIDv8", "6b1f9c3e-8d2a-8f6b-9a1c-2d3e4f5a6b7c"],
      ["no UUID", "nonsense"],
      ["empty", ""],
    ])("[CMD8] an id that is %s is rejected and not recorded", async (_, id) => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const answer = await ann.execute(ann.submission(log, text("x"), orderAfter(ann.last.get(log)), id));
      expect(rejectionOf(answer)).toBe(RejectionCode.INVALID);
      expect(await stage().log.reader.verdicts(ann.account, log, [id])).toEqual([]);
      expect(seqOf(await ann.send(log, text("y")))).toBe(2);
    });

    test("bytes that are no command are rejected", async () => {
      const [ann] = await two(stage());
      const submitted = { ...ann.submission(stage().id(), text("x"), unordered), command: new Uint8Array([255, 1, 2]) };
      const answer = await ann.execute(submitted);
      expect([answer.id, rejectionOf(answer)]).toEqual(["", RejectionCode.INVALID]);
    });
  });

  describe("order", () => {
    test("[ORD1] [ORD5] commands run in the order in which they are linked, however they arrive", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const [one, two_, three] = ["1", "2", "3"].map((words) => ann.prepare(log, text(words)));
      if (one === undefined || two_ === undefined || three === undefined) throw new Error("unreachable");
      const early = await stage().log.writer.execute([three, two_, one]);
      expect(early.answers.map((answer) => answer.outcome.case)).toEqual(["stale", "stale", "verdict"]);
      await stage().log.writer.execute([three, two_, three]);
      expect(textsOf(await bob.page(log))).toEqual(["created", "1", "2", "3"]);
    });

    test("[ORD2] a link that does not match is answered with the last command that has a verdict", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const last = ann.last.get(log);
      const lost = ann.submission(log, text("x"), orderAfter(stage().id()));
      const answer = await ann.execute(lost);
      expect(answer.outcome).toMatchObject({ case: "stale", value: { last } });
      const first = await ann.execute(ann.submission(log, text("x"), orderAfter(undefined)));
      expect(first.outcome).toMatchObject({ case: "stale", value: { last } });
      const unknown = await bob.execute(bob.submission(log, text("x"), orderAfter(stage().id())));
      expect(unknown.outcome).toMatchObject({ case: "stale", value: { last: "" } });
      expect(await stage().log.reader.verdicts(ann.account, log, [answer.id, first.id])).toEqual([]);
    });

    test("unordered commands run without a place in the order", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const { command } = ann.submission(log, text("from a call"), unordered);
      const call = { account: ann.account, device: undefined, order: unordered, command };
      expect(seqOf(await ann.execute(call))).toBe(2);
      expect(seqOf(await ann.send(log, text("from the device")))).toBe(3);
    });
  });

  describe("withdrawing", () => {
    test("[WDR2] what was accepted is erased", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("oops"));
      await ann.must(log, { case: "withdraw", value: { target } });
      expect(textsOf(await bob.page(log))).toEqual(["created", "(deleted)"]);
    });

    test("[WDR2] a withdrawal with the target's own link is STALE once the target has arrived", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const link = orderAfter(ann.last.get(log));
      const target = await ann.must(log, text("oops"));
      const withdraw = { case: "withdraw", value: { target } } as const;
      const answer = await ann.execute(ann.submission(log, withdraw, link));
      expect(answer.outcome).toMatchObject({ case: "stale", value: { last: target } });
      await ann.must(log, withdraw);
      expect(textsOf(await bob.page(log))).toEqual(["created", "(deleted)"]);
    });

    test("[WDR3] what was never received is recorded as withdrawn, and late copies do nothing", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const late = ann.submission(log, text("late"), orderAfter(ann.last.get(log)));
      const target = idIn(late.command);
      await ann.must(log, { case: "withdraw", value: { target } });
      expect(rejectionOf(await ann.execute(late))).toBe(RejectionCode.WITHDRAWN);
      expect(textsOf(await bob.page(log))).toEqual(["created"]);
    });

    test("[WDR3] also when the conversation was never created", async () => {
      const [ann, bob] = await two(stage());
      const log = stage().id();
      const creation = ann.submission(log, { case: "create", value: {} }, orderAfter(undefined));
      const target = idIn(creation.command);
      const answer = await bob.send(log, { case: "withdraw", value: { target: stage().id() } });
      expect(rejectionOf(answer)).toBe(RejectionCode.NOT_FOUND);
      expect(rejectionOf(await ann.send(log, { case: "withdraw", value: { target } }))).toBe(RejectionCode.NOT_FOUND);
      expect(rejectionOf(await ann.execute(creation))).toBe(RejectionCode.WITHDRAWN);
    });

    test("nobody withdraws a command of somebody else", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const target = await ann.must(log, text("mine"));
      const answer = await bob.send(log, { case: "withdraw", value: { target } });
      expect(rejectionOf(answer)).toBe(RejectionCode.NOT_ALLOWED);
    });

    test("withdrawing an edit leaves the message as it is", async () => {
      const [ann, bob] = await two(stage());
      const log = await stage().direct(ann, bob);
      const message = await ann.must(log, text("before"));
      const target = await ann.must(log, edited(message, "after"));
      await ann.must(log, { case: "withdraw", value: { target } });
      expect(textsOf(await bob.page(log))).toEqual(["created", "after"]);
    });
  });

  test("a body that this server does not know is rejected", async () => {
    const [ann, bob] = await two(stage());
    const log = await stage().direct(ann, bob);
    const answer = await ann.send(log, { case: undefined } as never);
    expect(rejectionOf(answer)).toBe(RejectionCode.NOT_SUPPORTED);
  });

  test("nobody changes an account log by a command", async () => {
    const [ann] = await two(stage());
    const answer = await ann.send(ann.account, directWith(ann.account));
    expect(rejectionOf(answer)).toBe(RejectionCode.INVALID);
    expect(rejectionOf(await ann.send(ann.account, text("x")))).toBe(RejectionCode.NOT_SUPPORTED);
  });
}

async function two(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  return [ann, bob] as const;
}

function idIn(command: Uint8Array): string {
  return new TextDecoder().decode(command.subarray(2, 38));
}
