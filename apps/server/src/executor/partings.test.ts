import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { ConversationKind, Encryption, RetryCode, threadConversationId } from "@parley/protocol";
import type { PublishedEvent } from "../log/log-writer.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { type Body, Stage, type TestDevice, text, textsOf } from "../testing/log-stage.ts";
import { unlimited } from "./rate-limiter.ts";

const PEOPLE = 30;
const THREADS = 20;
/** What one transaction takes. */
const AT_ONCE = 256;

/** A group of Ann and many others, all of whom follow many threads of it. */
async function crowd() {
  const database = new Database(":memory:", { strict: true });
  const collaborators = { limiter: unlimited };
  const clock = { now: () => 1_000 };
  const open = () => openSqliteLogInProcess({ database, clock, mintId: () => "one", collaborators });
  const stage = new Stage(await open());
  const ann = await stage.person("Ann");
  const others = await stage.people(...Array.from({ length: PEOPLE }, (_, index) => `Other ${index}`));
  const group = await stage.group(ann, others);
  const threads: string[] = [];
  for (let index = 0; index < THREADS; index++) {
    const root = await ann.must(group, text(`root ${index}`));
    const thread = threadConversationId(group, root);
    threads.push(thread);
    const value = { kind: ConversationKind.THREAD, encryption: Encryption.NONE, parent: group, root };
    const begin: Body = { case: "create", value };
    await stage.log.writer.execute([ann, ...others].map((person) => person.prepare(thread, begin)));
  }
  const accounts = others.map(({ account }) => account);
  const remove = () => stage.log.writer.execute([ann.prepare(group, { case: "removeMembers", value: { accounts } })]);
  const followers = async () => {
    const states = threads.map((thread) => stage.log.reader.conversation(ann.account, thread));
    const present = (await Promise.all(states)).flatMap(
      (state) => state?.members.filter((member) => member.present) ?? [],
    );
    return present.length - THREADS;
  };
  return { stage, open, ann, others, accounts, group, threads, remove, followers };
}

function unfollowed(published: readonly PublishedEvent[]): number {
  return published.filter(({ event }) => event.body.case === "unfollowed").length;
}

async function finish(stage: Stage): Promise<readonly number[]> {
  const counts: number[] = [];
  do counts.push(unfollowed((await stage.log.writer.due()).published));
  while (counts.at(-1) !== 0);
  return counts;
}

test("[THR7] a transaction takes so many unfollowings, however many part from however many threads; the next ones go on, in a new process too", async () => {
  const { stage, open, remove, followers } = await crowd();
  const { answers, published } = await remove();
  expect(answers[0]?.outcome).toMatchObject({ case: "verdict", value: { outcome: { case: "accepted" } } });
  expect([published.length, unfollowed(published)]).toEqual([1 + AT_ONCE, AT_ONCE]);
  const first = await stage.log.writer.due();
  expect([unfollowed(first.published), first.published.length]).toEqual([AT_ONCE, AT_ONCE]);
  expect(first.next).toBe(1_000);
  stage.log = await open();
  expect(await finish(stage)).toEqual([PEOPLE * THREADS - 2 * AT_ONCE, 0]);
  expect(await followers()).toBe(0);
  expect((await stage.log.writer.due()).next).toBeUndefined();
});

test("[THR7] nothing happens in a thread before who has parted has unfollowed it, and is told", async () => {
  const { stage, ann, others, threads, remove } = await crowd();
  await remove();
  const last = threads.toSorted().at(-1) ?? "";
  const [gone] = others.slice(-1) as [TestDevice];
  const { published } = await stage.log.writer.execute([ann.prepare(last, text("among ourselves"))]);
  const kinds = published.map(({ event }) => event.body.case);
  expect(kinds.slice(-2)).toEqual(["posted", "threadChanged"]);
  expect(kinds.slice(0, -2).every((kind) => kind === "unfollowed")).toBe(true);
  expect(published.flatMap(({ parted }) => parted)).toContain(gone.account);
  expect(textsOf(await gone.page(last))).not.toContain("among ourselves");
  await finish(stage);
  expect((await gone.resume()).conversations.map(({ head }) => threads.includes(head?.conversation ?? ""))).toEqual([
    false,
  ]);
});

test("[THR7] nobody comes back before they follow none of the threads any more", async () => {
  const { stage, ann, accounts, group, remove, followers } = await crowd();
  await remove();
  const back: Body = { case: "addMembers", value: { accounts } };
  const early = await ann.send(group, back);
  expect(early.outcome).toMatchObject({ case: "retry", value: { code: RetryCode.UNAVAILABLE } });
  await finish(stage);
  await ann.must(group, back);
  expect(await followers()).toBe(0);
});
