import { describe, expect, test } from "bun:test";
import {
  ConversationKind,
  Encryption,
  HistoryPolicy,
  RejectionCode,
  ReminderEnd,
  threadConversationId,
} from "@parley/protocol";
import { type Body, rejectionOf, type Stage, text } from "../../testing/log-stage.ts";

/** What accounts are to be reminded of, by their own logs. */
export function remindersContract(stage: () => Stage): void {
  describe("reminders", () => {
    test("[REM1] [REM2] the last word holds, and what is due stays until it ends", async () => {
      const { ann, log, say, reminders, work, soon } = await conversation(stage());
      const [one, two] = [await say("one"), await say("two")];
      await ann.must(ann.account, remind(log, one, soon));
      await ann.must(ann.account, remind(log, two, soon));
      await ann.must(ann.account, remind(log, one, 1));
      expect(await reminders(ann)).toMatchObject([
        { message: one, at: 1, ordinal: 2, due: false },
        { message: two, at: soon, ordinal: 3, due: false },
      ]);
      expect((await work()).map(({ event }) => event.body.case)).toEqual(["reminderDue"]);
      expect(await work()).toEqual([]);
      expect(await reminders(ann)).toMatchObject([
        { message: one, due: true },
        { message: two, due: false },
      ]);
      await ann.must(ann.account, remind(log, one, soon));
      expect(await reminders(ann)).toMatchObject([{ due: false }, { due: false }]);
      for (const message of [one, two, two]) await ann.must(ann.account, clear(log, message));
      expect(await reminders(ann)).toEqual([]);
      expect(await work()).toEqual([]);
    });

    test("[REM4] a deletion ends it for all, a parting for who parts, also in a thread that is not followed", async () => {
      const { ann, bob, log, say, reminders, follow, soon } = await conversation(stage());
      const [gone, root] = [await say("gone"), await say("root")];
      const thread = threadConversationId(log, root);
      await ann.must(thread, threadBelow(log, root));
      const reply = stage().id();
      await ann.send(thread, text("reply"), reply);
      for (const one of [ann, bob]) {
        await one.must(one.account, remind(log, gone, soon));
        await one.must(one.account, remind(log, root, soon));
        await one.must(one.account, remind(thread, reply, soon));
      }
      expect(await reminders(bob)).toMatchObject([{}, {}, { conversation: thread, ordinal: 2, parent: log, root }]);
      await ann.must(log, { case: "delete", value: { target: gone } });
      const place = { conversation: log, message: gone };
      const deleted = { body: { value: { reminders: [place], why: ReminderEnd.DELETED } } };
      expect(await follow()).toMatchObject([{ event: deleted }, { event: deleted }]);
      await bob.must(log, { case: "leave", value: {} });
      const reminded = { reminders: [{ message: root }, { message: reply }], why: ReminderEnd.OUT_OF_SIGHT };
      expect((await follow()).filter(({ event }) => event.body.case === "reminderEnded")).toMatchObject([
        { account: bob.account, event: { body: { value: reminded } } },
      ]);
      expect(await reminders(bob)).toEqual([]);
      expect(await reminders(ann)).toHaveLength(2);
      expect(rejectionOf(await bob.send(bob.account, remind(log, root, soon)))).toBe(RejectionCode.NOT_MEMBER);
      // Without the conversation there is no thread to be seen.
      expect(rejectionOf(await bob.send(bob.account, remind(thread, reply, soon)))).toBe(RejectionCode.NOT_FOUND);
    });

    test("[REM4] who is back before the follower comes keeps what can be seen", async () => {
      const { ann, bob, log, say, reminders, follow, soon } = await conversation(stage());
      const message = await say("seen");
      await bob.must(bob.account, remind(log, message, soon));
      await bob.must(log, { case: "leave", value: {} });
      await ann.must(log, { case: "addMembers", value: { accounts: [bob.account] } });
      await follow();
      expect(await reminders(bob)).toMatchObject([{ message }]);
    });

    test("[REM4] where its time comes first, what is gone is not due", async () => {
      const { bob, log, say, work, reminders } = await conversation(stage());
      const message = await say("seen");
      await bob.must(bob.account, remind(log, message, 1));
      await bob.must(log, { case: "leave", value: {} });
      const ended = { case: "reminderEnded", value: { why: ReminderEnd.OUT_OF_SIGHT } };
      expect(await work()).toMatchObject([{ account: bob.account, event: { body: ended } }]);
      expect(await reminders(bob)).toEqual([]);
    });

    test("[PRF4] whether anything is set is known without reading it", async () => {
      const { ann, log, say, soon } = await conversation(stage());
      const { reader } = stage().log;
      expect((await reader.attendance(ann.account)).prefers).toBe(false);
      await ann.must(ann.account, remind(log, await say("one"), soon));
      expect((await reader.attendance(ann.account)).prefers).toBe(true);
    });
  });
}

function threadBelow(parent: string, root: string): Body {
  return {
    case: "create",
    value: {
      kind: ConversationKind.THREAD,
      encryption: Encryption.NONE,
      history: HistoryPolicy.ALL,
      parent,
      root,
    },
  };
}

function remind(conversation: string, message: string, at: number): Body {
  return { case: "setReminder", value: { conversation, message, at } };
}

function clear(conversation: string, message: string): Body {
  return { case: "clearReminder", value: { conversation, message } };
}

async function conversation(stage: Stage) {
  const [ann, bob] = await stage.people("Ann", "Bob");
  if (ann === undefined || bob === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob]);
  const { reader, writer } = stage.log;
  const soon = ((await ann.page(log))?.entries[0]?.receivedAt ?? 0) + 24 * 60 * 60 * 1_000;
  const say = async (words: string): Promise<string> => {
    const id = stage.id();
    await ann.send(log, text(words), id);
    return id;
  };
  const follow = async () => {
    const all: Awaited<ReturnType<typeof writer.follow>>["written"][number][] = [];
    for (;;) {
      const { written } = await writer.follow();
      if (written.length === 0) return all;
      all.push(...written);
    }
  };
  await follow();
  const work = async () => (await writer.due()).written;
  const reminders = async ({ account }: { readonly account: string }) => (await reader.preferences(account)).reminders;
  return { ann, bob, log, say, follow, work, reminders, soon };
}
