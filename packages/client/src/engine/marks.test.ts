import { expect, test } from "bun:test";
import { type EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

function unread(fixture: EngineFixture): number | undefined {
  return fixture.engine.conversations.get().conversations[0]?.unread;
}

function sentMarks(fixture: EngineFixture) {
  return fixture.server.take("marks").flatMap(({ updates }) => updates);
}

test("delivered advances by itself once entries are stored", async () => {
  const { fixture } = await inGroup(3);
  expect(sentMarks(fixture)).toMatchObject([{ conversation: group, delivered: 4, read: 0 }]);
});

test("[MRK5] marks travel at most once a second", async () => {
  const { fixture, log } = await inGroup(3);
  sentMarks(fixture);
  for (let index = 0; index < 5; index++) {
    fixture.server.tell({ case: "event", value: { event: log.post(you, "more") } });
    await settled();
  }
  expect(sentMarks(fixture)).toEqual([]);
  await fixture.clock.advance(1_000);
  expect(sentMarks(fixture)).toMatchObject([{ delivered: 9 }]);
});

test("[MRK2] a mark is repeated while the answer is lower, with growing pauses", async () => {
  const { fixture } = await inGroup(3);
  await fixture.clock.advance(1_000);
  sentMarks(fixture);
  fixture.server.tell({
    case: "registers",
    value: { readStates: [{ conversation: group, delivered: 2, unread: 3, asOf: 4 }] },
  });
  await fixture.clock.advance(2_000);
  expect(sentMarks(fixture)).toMatchObject([{ delivered: 4 }]);
  fixture.server.tell({
    case: "registers",
    value: { readStates: [{ conversation: group, delivered: 4, unread: 3, asOf: 4 }] },
  });
  await fixture.clock.advance(60_000);
  expect(sentMarks(fixture)).toEqual([]);
});

test("[RNG4] an open window tells one's own mark, also where another device read", async () => {
  const { fixture } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const told = () => [timeline.get().readAtOpen, timeline.get().read];
  expect(told()).toEqual([0, 0]);
  fixture.engine.markRead(group, 2);
  await settled();
  expect(told()).toEqual([0, 2]);
  const readStates = [{ conversation: group, delivered: 4, read: 3, unread: 1, asOf: 4 }];
  fixture.server.tell({ case: "registers", value: { readStates } });
  await settled();
  expect(told()).toEqual([0, 3]);
});

test("[MRK1] marks never go back, and survive a restart until they are confirmed", async () => {
  const { fixture } = await inGroup(3);
  fixture.engine.markRead(group, 3);
  fixture.engine.markRead(group, 2);
  await settled();
  expect(fixture.disk.image.state().conversations[0]?.wanted).toEqual({ delivered: 4, read: 3 });
  await fixture.clock.advance(1_000);
  expect(sentMarks(fixture).at(-1)).toMatchObject({ read: 3 });
});

test("[MRK3] unread follows reading, posts and deletions by others", async () => {
  const { fixture, log } = await inGroup(3);
  expect(unread(fixture)).toBe(3);
  fixture.engine.markRead(group, 2);
  await settled();
  expect(unread(fixture)).toBe(2);
  fixture.server.tell({ case: "event", value: { event: log.post(you, "new") } });
  fixture.server.tell({ case: "event", value: { event: log.post(me, "mine") } });
  await settled();
  expect(unread(fixture)).toBe(3);
  const target = log.entries(3, 3)[0]?.id ?? "";
  fixture.server.tell({ case: "event", value: { event: log.add(you, { case: "erased", value: { target } }) } });
  await settled();
  expect(unread(fixture)).toBe(2);
});

test("[MRK3] what one does oneself changes no count and reads no rows, however much of others' is unread", async () => {
  const { fixture, log } = await inGroup(3);
  const before = fixture.reads.count;
  for (let index = 0; index < 20; index++) {
    fixture.server.tell({ case: "event", value: { event: log.post(me, "mine") } });
    await settled();
  }
  expect(fixture.reads.count).toBe(before);
  expect(unread(fixture)).toBe(3);
  fixture.server.tell({ case: "event", value: { event: log.post(you, "theirs") } });
  await settled();
  expect(unread(fixture)).toBe(4);
  fixture.engine.markRead(group, 3);
  await settled();
  expect(unread(fixture)).toBe(2);
});

test("[MRK3] where not every unread row is held, the server's count is continued over what changed since", async () => {
  const { fixture, log } = await inGroup(100, 10);
  expect(unread(fixture)).toBe(100);
  fixture.server.tell({ case: "event", value: { event: log.post(you, "new") } });
  await settled();
  expect(unread(fixture)).toBe(101);
  const target = log.entries(100, 100)[0]?.id ?? "";
  fixture.server.tell({ case: "event", value: { event: log.add(you, { case: "erased", value: { target } }) } });
  await settled();
  expect(unread(fixture)).toBe(100);
});

test("[MRK3] an erasure of what is not held makes the server count again", async () => {
  const { fixture, log } = await inGroup(100, 10);
  const marks = { conversation: group, delivered: 101, unread: 100, asOf: 101 };
  fixture.server.tell({ case: "registers", value: { readStates: [marks] } });
  await fixture.clock.advance(5_000);
  sentMarks(fixture);
  const target = log.entries(50, 50)[0]?.id ?? "";
  fixture.server.tell({ case: "event", value: { event: log.add(you, { case: "erased", value: { target } }) } });
  await fixture.clock.advance(1_000);
  expect(sentMarks(fixture)).toHaveLength(1);
  fixture.server.tell({ case: "registers", value: { readStates: [{ ...marks, unread: 99, asOf: 102 }] } });
  await settled();
  expect(unread(fixture)).toBe(99);
});

test("[MRK4] one's own message is delivered and read when everybody who sees it has it", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const event = log.post(me, "mine");
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
  const status = (): unknown => timeline.get().rows.at(-1);
  expect(status()).toMatchObject({ status: { kind: "sent" } });
  const mark = { conversation: group, account: you, delivered: 3, read: 0 };
  fixture.server.tell({ case: "registers", value: { memberMarks: [mark] } });
  await settled();
  expect(status()).toMatchObject({ status: { kind: "delivered" } });
  fixture.server.tell({ case: "registers", value: { memberMarks: [{ ...mark, delivered: 0, read: 3 }] } });
  await settled();
  expect(status()).toMatchObject({ status: { kind: "read" } });
  fixture.server.tell({ case: "registers", value: { memberMarks: [{ ...mark, delivered: 1, read: 1 }] } });
  await settled();
  expect(status()).toMatchObject({ status: { kind: "read" } });
});

test("[MRK5] marks of several conversations that moved travel in one frame", async () => {
  const { fixture, log } = await inGroup(3);
  const other = newId();
  // The first frame has just gone out: what moves now waits for the next.
  const reset = JSON.stringify(log.reset(30, { unread: 3 })).replaceAll(group, other);
  fixture.server.take("marks");
  fixture.server.tell(JSON.parse(reset));
  fixture.engine.markRead(group, 4);
  await fixture.clock.advance(1_000);
  const frames = fixture.server.take("marks");
  expect(frames).toHaveLength(1);
  expect(frames[0]?.updates.map(({ conversation }) => conversation).sort()).toEqual([group, other].sort());
});
