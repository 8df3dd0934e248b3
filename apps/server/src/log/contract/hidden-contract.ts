import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { limits, PageRequestSchema, RejectionCode } from "@parley/protocol";
import { type Body, rejectionOf, type Stage, text } from "../../testing/log-stage.ts";

/** What accounts have hidden from themselves, by their own logs. */
export function hiddenContract(stage: () => Stage): void {
  describe("hidden messages", () => {
    test("[HID1] neighbours become one run, whatever the order in which they are hidden", async () => {
      const { ann, log, say, hidden } = await conversation(stage());
      const said: string[] = [];
      for (const words of ["one", "two", "three", "four"]) said.push(await say(words));
      const [one = "", two = "", three = "", four = ""] = said;
      await ann.must(ann.account, hide(log, four, one));
      expect(await hidden()).toMatchObject([
        {
          conversation: log,
          runs: [
            { from: 2, to: 2 },
            { from: 5, to: 5 },
          ],
        },
      ]);
      await ann.must(ann.account, hide(log, three));
      await ann.must(ann.account, hide(log, two, three));
      expect(await hidden()).toMatchObject([{ conversation: log, runs: [{ from: 2, to: 5 }] }]);
    });

    test("[HID2] pages know nothing of it", async () => {
      const { bob, log, say } = await conversation(stage());
      const message = await say("seen");
      await bob.must(bob.account, hide(log, message));
      const cursor = { case: "newest", value: {} } as const;
      const page = await stage().log.reader.page(
        bob.account,
        create(PageRequestSchema, { conversation: log, cursor, limit: 10 }),
      );
      expect(page?.entries.map(({ id }) => id)).toContain(message);
    });

    test("[HID3] [MRK3] what is hidden is not unread, deleted or not, also for who has left", async () => {
      const { ann, bob, log, say } = await conversation(stage());
      const said: string[] = [];
      for (const words of ["one", "two", "three", "four"]) said.push(await say(words));
      const [one = "", two = "", three = ""] = said;
      const unread = async () => (await stage().log.reader.readState(bob.account, log))?.unread;
      await bob.must(bob.account, hide(log, one, three));
      expect(await unread()).toBe(2);
      await ann.must(log, { case: "delete", value: { target: one } });
      expect(await unread()).toBe(2);
      await stage().log.writer.mark(bob.account, { conversation: log, delivered: 2, read: 2 });
      expect(await unread()).toBe(2);
      await bob.must(log, { case: "leave", value: {} });
      await bob.must(bob.account, hide(log, two));
      expect(await unread()).toBe(1);
      const { accountHead } = await stage().log.reader.preferences(bob.account);
      expect(await stage().log.reader.readState(bob.account, log)).toMatchObject({ accountAsOf: accountHead });
    });

    test("[HID1] only so many runs are hidden; what joins two of them always can be", async () => {
      const { ann, bob, log, hidden } = await conversation(stage());
      const ids = Array.from({ length: 2 * limits.hiddenRunsPerAccount + 3 }, () => stage().id());
      for (const part of inParts(ids)) {
        await stage().log.writer.execute(part.map((id) => bob.prepare(log, text("said"), id)));
      }
      const everyOther = ids.filter((_, index) => index % 2 === 0);
      const last = everyOther.pop() ?? "";
      const first = everyOther.shift() ?? "";
      for (const part of inParts(everyOther)) await ann.must(ann.account, hide(log, ...part));
      expect((await hidden())[0]?.runs).toHaveLength(limits.hiddenRunsPerAccount);
      const refused = await ann.send(ann.account, hide(log, last));
      expect(rejectionOf(refused)).toBe(RejectionCode.HIDDEN_FULL);
      await ann.must(ann.account, hide(log, ids[3] ?? ""));
      await ann.must(ann.account, hide(log, first));
    });
    test("[HID5] a conversation is cleared up to an entry of any kind, seen or not, however much is hidden", async () => {
      const { ann, bob, log, say, hidden } = await conversation(stage());
      await say("before he came back");
      await bob.must(log, { case: "leave", value: {} });
      await say("while he was away");
      const back = stage().id();
      await ann.send(log, { case: "addMembers", value: { accounts: [bob.account] } }, back);
      await bob.must(bob.account, clear(log, back));
      await say("new");
      const { reader } = stage().log;
      expect((await reader.preferences(bob.account)).hidden).toMatchObject([
        { conversation: log, runs: [{ from: 1, to: 5 }], unlistedUpTo: 0 },
      ]);
      expect((await reader.readState(bob.account, log))?.unread).toBe(1);
      const last = await say("newer");
      await ann.must(ann.account, { case: "hideMessages", value: { conversation: log, messages: [last] } });
      await ann.must(ann.account, clear(log, back, true));
      expect(await hidden()).toMatchObject([
        {
          runs: [
            { from: 1, to: 5 },
            { from: 7, to: 7 },
          ],
          unlistedUpTo: 5,
        },
      ]);
    });
  });
}

function clear(conversation: string, last: string, unlists = false): Body {
  return { case: "hideMessages", value: { conversation, messages: [last], upTo: 1, unlists } };
}

function hide(conversation: string, ...messages: readonly string[]): Body {
  return { case: "hideMessages", value: { conversation, messages: [...messages] } };
}

function inParts(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < ids.length; at += limits.hiddenAtOnce) parts.push(ids.slice(at, at + limits.hiddenAtOnce));
  return parts;
}

async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const { reader, writer } = stage.log;
  while ((await writer.follow()).written.length > 0);
  const say = async (words: string): Promise<string> => {
    const id = stage.id();
    await ann.send(log, text(words), id);
    return id;
  };
  return { ann, bob, log, say, hidden: async () => (await reader.preferences(ann.account)).hidden };
}
