import { describe, expect, test } from "bun:test";
import { type Expiry, limits, RejectionCode, threadConversationId } from "@parley/protocol";
import { type Body, edited, rejectionOf, type Stage, type TestDevice, text, textsOf } from "../../testing/log-stage.ts";

/** Messages that disappear: what the log says of them. That their time comes, tests with a clock of their own see. */
export function expiryContract(stage: () => Stage): void {
  describe("messages that disappear", () => {
    test("[DIS1] the timer of the moment is part of what is posted, and an edit leaves it", async () => {
      const { ann, log, expiryOf } = await conversation(stage());
      const before = await ann.must(log, text("stays"));
      await ann.must(log, timer(60));
      const message = await ann.must(log, text("goes"));
      await ann.must(log, timer(0));
      await ann.must(log, edited(message, "goes too"));
      const after = await ann.must(log, text("stays too"));
      expect(await expiryOf(message)).toMatchObject({ seconds: 60, running: false });
      for (const id of [before, after]) expect(await expiryOf(id)).toBeUndefined();
      await ann.must(log, { case: "delete", value: { target: message } });
    });

    test("[DIS1] messages of a thread have the timer of its parent", async () => {
      const { ann, log, expiryOf } = await conversation(stage());
      const root = await ann.must(log, text("root"));
      const thread = threadConversationId(log, root);
      await ann.must(thread, { case: "create", value: { kind: 3, encryption: 1, parent: log, root } });
      await ann.must(log, timer(60));
      const message = await ann.must(thread, text("below"));
      expect(await expiryOf(message, thread)).toMatchObject({ seconds: 60 });
      await ann.must(thread, { case: "delete", value: { target: message } });
      expect(rejectionOf(await ann.send(thread, timer(30)))).toBe(RejectionCode.NOT_ALLOWED);
    });

    test("[DIS2] the first mark of somebody else that is told begins the time, once, and names nobody", async () => {
      const { ann, bob, log, expiryOf } = await conversation(stage());
      await ann.must(log, timer(60));
      const message = await ann.must(log, text("read"));
      const at = (await expiryOf(message))?.at ?? 0;
      const { writer } = stage().log;
      await writer.mark(ann.account, { conversation: log, delivered: 9, read: 9 });
      expect((await writer.due()).published).toEqual([]);
      const told = await writer.mark(bob.account, { conversation: log, delivered: 9, read: 9 });
      expect(told?.due).toBeGreaterThan(0);
      const { published, next } = await writer.due();
      expect(published.map(({ event }) => event)).toMatchObject([
        { log, author: ann.account, ordinal: 0, body: { case: "expiryBegun", value: { target: message } } },
      ]);
      const begun = await expiryOf(message);
      expect(begun).toMatchObject({ seconds: 60, running: true, at: (told?.due ?? 0) + 60_000 });
      expect(begun?.at).toBeLessThan(at);
      expect(next).toBe(begun?.at);
      await writer.mark(bob.account, { conversation: log, delivered: 9, read: 9 });
      expect((await writer.due()).published).toEqual([]);
      await ann.must(log, { case: "delete", value: { target: message } });
      expect((await writer.due()).next).not.toBe(begun?.at);
    });

    test("[DIS2] who hides what they read begins nothing: 7 days later than the timer it is over", async () => {
      const { ann, bob, log, expiryOf, postedAt } = await conversation(stage());
      const { writer } = stage().log;
      await writer.putPrivacy(bob.account, { hidesReads: true, hidesPresence: undefined });
      await ann.must(log, timer(60));
      const message = await ann.must(log, text("read secretly"));
      expect((await writer.mark(bob.account, { conversation: log, delivered: 9, read: 9 }))?.due).toBeUndefined();
      expect(await expiryOf(message)).toMatchObject({
        running: false,
        at: (await postedAt(message)) + 60_000 + limits.expiryUnreadMs,
      });
      await ann.must(log, { case: "delete", value: { target: message } });
    });

    test("[DIS1] more than seven digits of seconds, and fewer than five, are no timer; the same again changes nothing", async () => {
      const { ann, log } = await conversation(stage());
      for (const seconds of [1, 4, limits.timerSecondsMost + 1]) {
        expect(rejectionOf(await ann.send(log, timer(seconds)))).toBe(RejectionCode.INVALID);
      }
      for (const seconds of [5, 5, limits.timerSecondsMost, 0]) await ann.must(log, timer(seconds));
      expect(textsOf(await ann.page(log)).filter((line) => line === "timerSet")).toHaveLength(3);
    });
  });
}

const timer = (seconds: number): Body => ({ case: "setTimer", value: { seconds } });

async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const rowOf = async (id: string, of: string, by: TestDevice) =>
    (await by.page(of))?.entries.find((entry) => entry.id === id);
  const expiryOf = async (id: string, of = log): Promise<Expiry | undefined> => {
    const row = await rowOf(id, of, ann);
    return row?.body.case === "message" ? row.body.value.expiry : undefined;
  };
  const postedAt = async (id: string) => (await rowOf(id, log, ann))?.receivedAt ?? 0;
  return { ann, bob, log, expiryOf, postedAt };
}
