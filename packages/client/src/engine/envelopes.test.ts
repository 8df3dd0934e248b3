import { expect, test } from "bun:test";
import { RejectionCode, Role, threadConversationId } from "@parley/protocol";
import { type EngineFixture, group, me, newId, type SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

async function post(fixture: EngineFixture, text: string): Promise<string> {
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text, sentAt: fixture.clock.now() });
  await settled();
  return id;
}

async function edit(fixture: EngineFixture, target: string, text: string): Promise<void> {
  await fixture.engine.edit(newId(), group, target, text);
  await settled();
}

/** A message of one's own, as the server tells it. */
async function told(
  fixture: EngineFixture,
  log: SampleLog,
  text: string,
  envelope: { readonly attachments?: string[]; readonly mentions: string[]; readonly everyone?: boolean },
): Promise<string> {
  const id = newId();
  const content = { form: { case: "plain" as const, value: { text } } };
  const event = log.add(me, { case: "posted", value: { envelope, content } }, id);
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  return id;
}

/** Accepts what was posted and edited; the envelopes that came with it, in order. */
async function envelopes(fixture: EngineFixture) {
  const envelopes = [];
  for (let sent = fixture.server.takeCommands(), seq = 100; sent.length > 0; sent = fixture.server.takeCommands()) {
    for (const { command } of sent) {
      const { body } = command;
      if (body.case !== "post" && body.case !== "edit") throw new Error(`${body.case} has no envelope`);
      envelopes.push(body.value.envelope);
    }
    fixture.accept(sent, seq);
    seq += sent.length;
    await settled();
  }
  return envelopes;
}

test("a post tells the server which members its text names", async () => {
  const { fixture } = await inGroup(1);
  await post(fixture, "@you and @me, not @somebody");
  await post(fixture, "nobody");
  expect(await envelopes(fixture)).toMatchObject([{ mentions: [you, me] }, { mentions: [] }]);
});

test("[MEN5] in a thread every member of its parent can be named, and is told of to who writes there", async () => {
  const { fixture, log } = await inGroup(1);
  const root = await told(fixture, log, "root", { mentions: [] });
  const place = { conversation: group, root };
  const thread = threadConversationId(group, root);
  const id = newId();
  await fixture.engine.post({ id, conversation: thread, text: "@you, too", sentAt: 0, thread: place });
  await settled();
  fixture.accept(fixture.server.takeCommands(), 1);
  await settled();
  const sent = fixture.server.takeCommands().map(({ command }) => command.body);
  expect(sent).toMatchObject([{ case: "post", value: { envelope: { mentions: [you] } } }]);
  const timeline = fixture.engine.openTimeline(thread);
  await settled();
  expect(
    timeline
      .get()
      .members.map(({ account }) => account)
      .toSorted(),
  ).toEqual([me, you].toSorted());
  expect(timeline.get().rows.at(-1)).toMatchObject({ body: { mentions: [{ account: you }] } });
  timeline.close();
});

test("an edit tells whom the text names now, and keeps what the message refers to", async () => {
  const { fixture, log } = await inGroup(1);
  const attachments = [newId()];
  const id = await told(fixture, log, "for @you", { attachments, mentions: [you] });
  await edit(fixture, id, "for @ME");
  await edit(fixture, id, "for @you again");
  await edit(fixture, id, "for nobody");
  expect(await envelopes(fixture)).toMatchObject([
    { attachments, mentions: [me] },
    { attachments, mentions: [you] },
    { attachments, mentions: [] },
  ]);
});

test("an edit that names the same people leaves the message the envelope that it has", async () => {
  const { fixture, log } = await inGroup(1);
  const id = await told(fixture, log, "@you there", { mentions: [you] });
  await edit(fixture, id, "@YOU here");
  expect(await envelopes(fixture)).toEqual([undefined]);
});

test("a message that was never sent is rewritten with its draft, and names whom its new text names", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.tell({
    case: "registers",
    value: { drafts: [{ conversation: group, text: "Tea", version: 5, changedAt: 1, device: newId(), writers: [] }] },
  });
  await settled();
  fixture.server.drop();
  await settled();
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "Tea", sentAt: 1, draft: "Tea" });
  await edit(fixture, id, "Tea, @you");
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(await envelopes(fixture)).toMatchObject([{ mentions: [you], clearsDraft: 5 }]);
});

test("a rejected message that is tried again as it was edited names the same people", async () => {
  const { fixture } = await inGroup(1);
  const id = await post(fixture, "@you");
  await edit(fixture, id, "@you, please");
  await fixture.reject(RejectionCode.NOT_MEMBER, "for now");
  fixture.server.takeCommands();
  await fixture.engine.retry(id);
  await settled();
  expect(await envelopes(fixture)).toMatchObject([{ mentions: [you] }]);
});

test("a row and the list tell whom a message mentions, as long as it waits and when it is in the log; not who has no profile here", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const shown = () => {
    const row = timeline.get().rows.at(-1);
    const mentions = row?.kind === "message" && row.body.kind === "text" ? row.body.mentions : undefined;
    return { row: mentions, newest: fixture.engine.conversations.get().conversations[0]?.newest?.mentions };
  };
  expect(shown()).toEqual({ row: undefined, newest: undefined });
  const named = [
    { account: you, userName: "you", displayName: "You", me: false },
    { account: me, userName: "me", displayName: "Me", me: true },
  ];
  await post(fixture, "@you and @me");
  expect(shown()).toEqual({ row: named, newest: named });
  await told(fixture, log, "@me and @stranger", { mentions: [me, newId(), me] });
  expect(
    timeline
      .get()
      .rows.some((row) => row.kind === "message" && row.body.kind === "text" && row.body.mentions?.length === 1),
  ).toBe(true);
});

test("everyone is named where one may, and by who may no more only in a message that did so", async () => {
  const { fixture, log } = await inGroup(1);
  await post(fixture, "hello @everyone, and @you");
  const id = await told(fixture, log, "all of @everyone", { mentions: [], everyone: true });
  fixture.server.tell({
    case: "event",
    value: { event: log.add(me, { case: "roleSet", value: { account: you, role: Role.OWNER } }) },
  });
  fixture.server.tell({
    case: "event",
    value: { event: log.add(you, { case: "roleSet", value: { account: me, role: Role.MEMBER } }) },
  });
  await settled();
  await post(fixture, "may I, @everyone?");
  await edit(fixture, id, "still @everyone, and @you");
  await edit(fixture, id, "nobody");
  expect(await envelopes(fixture)).toMatchObject([
    { mentions: [you], everyone: true },
    { mentions: [], everyone: false },
    { mentions: [you], everyone: true },
    { mentions: [], everyone: false },
  ]);
});
