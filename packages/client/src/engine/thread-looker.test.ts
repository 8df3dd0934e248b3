import { expect, test } from "bun:test";
import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { MemoryDisk, MemoryStore } from "@parley/client-store";
import {
  type Conversation,
  ConversationKind,
  ConversationSchema,
  EventSchema,
  HeadSchema,
  Role,
  threadConversationId,
} from "@parley/protocol";
import { nothingHeld } from "../core/held-conversation.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

const roots = Array.from({ length: 40 }, newId);
const threads = roots.map((root) => threadConversationId(group, root));

function thread(root: string, followers: readonly string[]): Conversation {
  return create(ConversationSchema, {
    id: threadConversationId(group, root),
    kind: ConversationKind.THREAD,
    encryption: 1,
    history: 1,
    rev: 1,
    parent: group,
    root,
    members: followers.map((account) => ({
      account,
      role: Role.MEMBER,
      present: true,
      rev: 1,
      intervals: [{ from: 1, to: 0 }],
    })),
  });
}

/** A device that holds all these threads, each with these followers, and has connected again. */
async function holding(followers: readonly string[]): Promise<EngineFixture> {
  const disk = new MemoryDisk();
  const store = new MemoryStore(disk);
  const meta = { account: me, device: newId(), incarnation: "one", accountHead: 0, doubted: [] };
  const conversations = roots.map((root, index) => {
    const state = thread(root, followers);
    const head = create(HeadSchema, { conversation: state.id, seq: 3, tag: 7 });
    return { ...nothingHeld(state.id), head, state, openedAt: index + 1 };
  });
  await store.commit(
    await store.claim(),
    [{ kind: "meta", meta }, ...conversations.map((conversation) => ({ kind: "conversation", conversation }) as const)],
    "strict",
  );
  const fixture = new EngineFixture(disk);
  await fixture.online();
  return fixture;
}

async function held(fixture: EngineFixture): Promise<readonly string[]> {
  return (await new MemoryStore(fixture.disk).load()).conversations.map(({ id }) => id);
}

test("[THR4] threads that were only looked at are asked for where a window shows them, and nowhere else", async () => {
  const fixture = await holding([you]);
  expect(fixture.server.take("request")).toEqual([]);
  expect(fixture.engine.connection.get()).toEqual({ kind: "online" });
  expect(await held(fixture)).toHaveLength(40);
  const [first = "", second = ""] = threads;
  fixture.engine.openTimeline(first);
  await settled();
  const asked = fixture.server.take("request");
  expect(asked).toMatchObject([{ question: { case: "changes", value: { conversation: first, since: { seq: 3 } } } }]);

  const changed = async (root: string, seq: number) => {
    const body = { case: "threadChanged", value: { root } } as const;
    const event = create(EventSchema, { log: group, seq, id: newId(), author: you, body });
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
  };
  const changesAsked = () =>
    fixture.server
      .take("request")
      .flatMap(({ question }) => (question.case === "changes" ? [question.value.conversation] : []))
      .filter((id) => id !== group);
  // While the answer is on its way: it may not tell of this, so it is asked once more after it, and only once.
  await changed(roots[0] ?? "", 1);
  expect(changesAsked()).toEqual([]);
  const none = (id: number) => {
    const to = { conversation: first, seq: 3, tag: 7 };
    const answer = { case: "changes", value: { conversation: first, from: 3, to } } as const;
    fixture.server.tell({ case: "response", value: { id, answer } });
    return settled();
  };
  await none(asked[0]?.id ?? 0);
  const again = fixture.server.take("request");
  expect(again).toMatchObject([{ question: { case: "changes", value: { conversation: first } } }]);
  await none(again[0]?.id ?? 0);
  expect(changesAsked()).toEqual([]);
  // What no window shows may hold what was just deleted: it goes, and is asked for when somebody looks.
  await changed(roots[1] ?? "", 2);
  expect(changesAsked()).toEqual([]);
  expect(await held(fixture)).not.toContain(second);
  fixture.engine.openTimeline(second);
  await settled();
  expect(changesAsked()).toEqual([second]);
});

test("[THR3] threads that it believed to follow are asked for, never more at once than the server lets", async () => {
  const fixture = await holding([me, you]);
  const asked = new Set<string>();
  let open = fixture.server.take("request");
  expect(open.length).toBeLessThanOrEqual(32);
  for (; open.length > 0; open = fixture.server.take("request")) {
    for (const { id, question } of open) {
      if (question.case === "changes") asked.add(question.value.conversation);
      fixture.server.tell({ case: "response", value: { id, answer: { case: "problem", value: { code: 1 } } } });
    }
    await settled();
  }
  expect([...asked].toSorted()).toEqual(threads.toSorted());
  expect(fixture.engine.connection.get()).toEqual({ kind: "online" });
  expect(await held(fixture)).toEqual([]);
});

test("[INC2] of a thread that one follows no more, one's own acknowledged commands are asked for before anything is sent there", async () => {
  const fixture = await holding([me]);
  const [log = ""] = threads;
  const tell = async (seq: number, id: string, body: NonNullable<MessageInitShape<typeof EventSchema>["body"]>) => {
    const event = create(EventSchema, { log, seq, tag: seq, id, author: me, receivedAt: 1, body });
    fixture.server.tell({ case: "event", value: { event } });
    await settled();
  };
  for (const { id, question } of fixture.server.take("request")) {
    if (question.case !== "changes" || question.value.conversation !== log) continue;
    const to = { conversation: log, seq: 3, tag: 7 };
    const answer = { case: "changes", value: { conversation: log, from: 3, to } } as const;
    fixture.server.tell({ case: "response", value: { id, answer } });
    await settled();
  }
  const first = newId();
  await fixture.engine.post({ id: first, conversation: log, text: "first", sentAt: 1 });
  await fixture.acceptAll(4);
  await tell(4, first, { case: "posted", value: { content: { form: { case: "plain", value: { text: "first" } } } } });
  await tell(5, newId(), { case: "memberLeft", value: {} });
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome();
  await fixture.engine.post({ id: newId(), conversation: log, text: "second", sentAt: 2 });
  expect(fixture.server.takeCommands()).toEqual([]);
  const asked = fixture.server.take("request").map(({ question }) => question);
  expect(asked.filter((question) => question.case === "verdicts")).toMatchObject([{ value: { log, ids: [first] } }]);
});
