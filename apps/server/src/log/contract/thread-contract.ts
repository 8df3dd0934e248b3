import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import {
  ChangesRequestSchema,
  ConversationKind,
  Encryption,
  HistoryPolicy,
  type ThreadSummary,
  threadConversationId,
} from "@parley/protocol";
import { type Body, type Stage, seqOf, type TestDevice, text, textsOf } from "../../testing/log-stage.ts";

/** Conversations below a message, whose sight is inherited. */
export function threadContract(stage: () => Stage): void {
  describe("threads", () => {
    test("[THR1] [THR3] are begun once, and followed by who begins them, the author of the root and whoever ensures them", async () => {
      const { ann, bob, cho, log, root, thread } = await begun(stage());
      await cho.must(thread, ensure(log, root));
      await cho.must(thread, ensure(log, root));
      const state = await stage().log.reader.conversation(bob.account, thread);
      expect(state).toMatchObject({ kind: ConversationKind.THREAD, parent: log, root });
      expect(state?.members.map(({ account }) => account).toSorted()).toEqual(accounts(ann, bob, cho));
    });

    test("[THR2] show who came later what happened since, and who was away not what happened meanwhile", async () => {
      const { ann, bob, cho, log, thread } = await begun(stage());
      await ann.must(log, { case: "removeMembers", value: { accounts: [cho.account] } });
      await bob.must(thread, text("without cho"));
      await ann.must(log, { case: "addMembers", value: { accounts: [cho.account] } });
      await bob.must(thread, text("with cho"));
      expect(textsOf(await cho.page(thread))).toEqual(["created", "reply", "with cho"]);
      const [dan] = await stage().people("Dan");
      if (dan === undefined) throw new Error("unreachable");
      await ann.must(log, { case: "addMembers", value: { accounts: [dan.account] } });
      expect(textsOf(await dan.page(thread))).toEqual([]);
      await bob.must(thread, text("with dan"));
      expect(textsOf(await dan.page(thread))).toEqual(["with dan"]);
      await dan.must(thread, { case: "setFollowing", value: { following: true } });
      expect(textsOf(await dan.page(thread))).toEqual(["with dan"]);
      expect((await dan.page(thread))?.skips.map(({ fromOrdinal, toOrdinal }) => [fromOrdinal, toOrdinal])).toEqual([
        [1, 4],
      ]);
    });

    test("[THR2] [LOG4] of who only reads a thread: what was read and the changes since are what is there", async () => {
      const { bob, cho, thread } = await begun(stage());
      const page = await cho.page(thread);
      const reset = await stage().log.reader.reset(cho.account, thread);
      const message = await bob.must(thread, text("later"));
      await bob.must(thread, { case: "setReaction", value: { target: message, emoji: "👍" } });
      const since = reset?.status?.head;
      const request = create(ChangesRequestSchema, { conversation: thread, ...(since && { since }) });
      const changes = await stage().log.reader.changes(cho.account, request);
      if (changes?.$typeName !== "parley.v1.Changes") throw new Error("Not changes.");
      expect([...(page?.entries ?? []), ...changes.entries]).toEqual((await cho.page(thread))?.entries ?? []);
    });

    test("[THR3] are followed no more by who parts from the parent, in the same transaction, nor by who does not want to", async () => {
      const { ann, bob, cho, log, root, thread } = await begun(stage());
      await cho.must(thread, ensure(log, root));
      await ann.must(log, { case: "removeMembers", value: { accounts: [cho.account] } });
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob));
      await bob.must(thread, { case: "setFollowing", value: { following: false } });
      expect(await followers(stage(), ann, thread)).toEqual([ann.account]);
      expect((await cho.resume()).conversations.map(({ head }) => head?.conversation)).toEqual([log]);
    });

    test("[THR3] are followed no more by who parts from the parent in the transaction that began them", async () => {
      const [ann, bob, cho] = await stage().people("Ann", "Bob", "Cho");
      if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
      const log = await stage().group(ann, [bob, cho]);
      const root = await cho.must(log, text("root"));
      const thread = threadConversationId(log, root);
      const accounts = [bob.account, cho.account];
      const { answers } = await stage().log.writer.execute([
        bob.prepare(thread, ensure(log, root)),
        bob.prepare(thread, text("reply")),
        ann.prepare(log, { case: "removeMembers", value: { accounts } }),
      ]);
      expect(answers.map(seqOf)).toEqual([1, 2, 4]);
      expect(await followers(stage(), ann, thread)).toEqual([]);
      expect((await stage().log.reader.conversation(ann.account, thread))?.rev).toBe(4);
      for (const left of [bob, cho]) {
        expect((await left.resume()).conversations.map(({ head }) => head?.conversation)).toEqual([log]);
      }
    });

    test("[MEN5] are followed by members of the parent whom they mention, from before that message on, also who did not want to", async () => {
      const { ann, bob, cho, thread } = await begun(stage());
      const { answers, published } = await stage().log.writer.execute([
        bob.prepare(thread, naming("hello", cho.account)),
      ]);
      expect(published.map(({ event: { body, author }, joined }) => [body.case, author, joined])).toEqual([
        ["followed", cho.account, [cho.account]],
        ["posted", bob.account, []],
        ["threadChanged", bob.account, []],
      ]);
      expect(answers.map(seqOf)).toEqual([4]);
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob, cho));
      const status = (await cho.resume()).conversations.find(({ head }) => head?.conversation === thread);
      expect(status?.read).toMatchObject({ unread: 2, mentions: 1 });
      const message = answers[0]?.id ?? "";
      await cho.must(thread, { case: "setFollowing", value: { following: false } });
      await bob.must(thread, correcting(message, cho.account));
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob));
      const plain = await bob.must(thread, text("nobody"));
      await bob.must(thread, correcting(plain, cho.account));
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob, cho));
    });

    test("[MEN5] are not followed by whom they mention who has left, was never there, or blocks the author", async () => {
      const { ann, bob, cho, log, thread } = await begun(stage());
      const [dan] = await stage().people("Dan");
      if (dan === undefined) throw new Error("unreachable");
      await ann.must(log, { case: "removeMembers", value: { accounts: [cho.account] } });
      await bob.must(thread, naming("gone", cho.account));
      await bob.must(thread, naming("stranger", dan.account));
      await ann.must(log, { case: "addMembers", value: { accounts: [dan.account] } });
      await dan.must(dan.account, { case: "setBlocked", value: { account: bob.account, blocked: true } });
      await bob.must(thread, naming("unheard", dan.account));
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob));
      await ann.must(thread, naming("heard", dan.account));
      expect(await followers(stage(), ann, thread)).toEqual(accounts(ann, bob, dan));
      expect(textsOf(await dan.page(thread))).toEqual(["unheard", "heard"]);
    });

    test("[MRK2] marks of who follows one in which nothing happened since they came reach nothing", async () => {
      const { ann, log, thread } = await begun(stage());
      const [dan] = await stage().people("Dan");
      if (dan === undefined) throw new Error("unreachable");
      await ann.must(log, { case: "addMembers", value: { accounts: [dan.account] } });
      await dan.must(thread, { case: "setFollowing", value: { following: true } });
      const mark = { conversation: thread, delivered: 2, read: 2 };
      const { writer } = stage().log;
      expect(await writer.mark(dan.account, mark)).toMatchObject({ delivered: 0, read: 0 });
      await ann.must(thread, text("now"));
      expect(await writer.mark(dan.account, mark)).toMatchObject({ delivered: 2, read: 2 });
    });

    test("[THR5] [CMD3] tell it of commands with one id in two of them as of two", async () => {
      const { ann, bob, log, thread } = await begun(stage());
      const second = await ann.must(log, text("another root"));
      const other = threadConversationId(log, second);
      await bob.must(other, ensure(log, second));
      const id = stage().id();
      const here = bob.prepare(thread, text("here"), id);
      const there = bob.prepare(other, text("there"), id);
      const { answers, published } = await stage().log.writer.execute([here, there]);
      expect(answers.map((answer) => answer.id)).toEqual([id, id]);
      expect(published.map(({ event }) => event.body.case)).toEqual([
        "posted",
        "threadChanged",
        "posted",
        "threadChanged",
      ]);
    });

    test("[THR5] tell their root what is there, in one transaction with what happened", async () => {
      const { ann, bob, log, root, thread } = await begun(stage());
      const message = await ann.must(thread, text("mine"));
      expect(await summary(stage(), bob, log, root)).toMatchObject({
        replies: 2,
        participants: [ann.account, bob.account],
      });
      await bob.must(thread, naming("mine, too", ann.account));
      await ann.must(thread, { case: "delete", value: { target: message } });
      expect(await summary(stage(), bob, log, root)).toMatchObject({ replies: 2, participants: [bob.account] });
      await ann.must(log, { case: "delete", value: { target: root } });
      await bob.must(thread, text("on"));
      expect(await summary(stage(), bob, log, root)).toMatchObject({ replies: 3, participants: [bob.account] });
    });
  });
}

/** A group of three, and a thread that the second begins with one reply below a message of the first. */
async function begun(stage: Stage) {
  const [ann, bob, cho] = await stage.people("Ann", "Bob", "Cho");
  if (ann === undefined || bob === undefined || cho === undefined) throw new Error("unreachable");
  const log = await stage.group(ann, [bob, cho], HistoryPolicy.SINCE_JOINED);
  const root = await ann.must(log, text("root"));
  const thread = threadConversationId(log, root);
  await bob.must(thread, ensure(log, root));
  await bob.must(thread, text("reply"));
  return { ann, bob, cho, log, root, thread };
}

function naming(words: string, account: string): Body {
  const content = { form: { case: "plain", value: { text: words } } } as const;
  return { case: "post", value: { envelope: { mentions: [account] }, content } };
}

function correcting(target: string, account: string): Body {
  const content = { form: { case: "plain", value: { text: "corrected" } } } as const;
  return { case: "edit", value: { target, envelope: { mentions: [account] }, content } };
}

function ensure(parent: string, root: string): Body {
  const { THREAD } = ConversationKind;
  return { case: "create", value: { kind: THREAD, encryption: Encryption.NONE, parent, root } };
}

async function followers(stage: Stage, viewer: TestDevice, thread: string): Promise<readonly string[]> {
  const state = await stage.log.reader.conversation(viewer.account, thread);
  return (state?.members ?? []).flatMap(({ account, present }) => (present ? [account] : [])).toSorted();
}

async function summary(
  stage: Stage,
  viewer: TestDevice,
  log: string,
  root: string,
): Promise<ThreadSummary | undefined> {
  const entry = (await stage.log.reader.entries(viewer.account, log, [root]))?.entries[0];
  return entry?.body.case === "message" ? entry.body.value.thread : undefined;
}

function accounts(...people: readonly TestDevice[]): string[] {
  return people.map(({ account }) => account).toSorted();
}
