import { expect, test } from "bun:test";
import { EngineFixture, group, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

async function inGroup(posts = 3): Promise<{ fixture: EngineFixture; log: SampleLog }> {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  for (let index = 1; index <= posts; index++) log.post(you, `message ${index}`);
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead, unread: posts }] });
  fixture.server.tell(log.reset(30, { unread: posts }));
  await settled();
  return { fixture, log };
}

test("connects, catches up and is online", async () => {
  const { fixture } = await inGroup();
  expect(fixture.engine.connection.get()).toEqual({ kind: "online" });
  const [conversation] = fixture.engine.conversations.get().conversations;
  expect(conversation).toMatchObject({ id: group, title: "Group", unread: 3, memberCount: 2 });
  expect(conversation?.newest).toMatchObject({ text: "message 3", authorName: "You" });
});

test("posts: sending, sent, then a row of the log, once", async () => {
  const { fixture, log } = await inGroup();
  const timeline = fixture.engine.openTimeline(group);
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "hello", sentAt: fixture.clock.now() });
  const mine = () => timeline.get().rows.filter((row) => row.id === id);
  expect(mine()).toMatchObject([{ ordinal: undefined, status: { kind: "sending" } }]);
  await fixture.acceptAll(5);
  expect(mine()).toMatchObject([{ ordinal: undefined, status: { kind: "sent" } }]);
  const event = log.post("018f0000-0000-7000-8000-00000000000a", "hello", id);
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  expect(mine()).toMatchObject([{ ordinal: 5, status: { kind: "sent" } }]);
  expect(timeline.get().rows).toHaveLength(5);
});
