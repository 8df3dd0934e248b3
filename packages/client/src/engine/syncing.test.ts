import { describe, expect, test } from "bun:test";
import { applyToEntry } from "@parley/log";
import type { Event } from "@parley/protocol";
import type { Timeline } from "../api/engine.ts";
import { answerPage } from "../testing/answer-page.ts";
import { type EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

function texts(timeline: Timeline): readonly string[] {
  return timeline.get().rows.map((row) => {
    if (row.kind === "message") return row.body.kind === "text" ? row.body.text : row.body.kind;
    return row.kind === "hole" || row.kind === "boundary"
      ? `${row.kind} ${row.fromOrdinal}-${row.toOrdinal}`
      : row.kind;
  });
}

async function event(fixture: EngineFixture, event: Event): Promise<void> {
  fixture.server.tell({ case: "event", value: { event } });
  await settled();
}

test("[SYN1] a gap is asked for, and nothing is shown out of order meanwhile", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const missed = log.post(you, "missed");
  await event(fixture, log.post(you, "later"));
  expect(texts(timeline)).toEqual(["system", "message 1"]);
  const [request] = fixture.server.take("request");
  expect(request?.question).toMatchObject({ case: "changes", value: { since: { seq: 2 } } });
  const changes = {
    conversation: group,
    from: 2,
    to: { conversation: group, seq: 3, tag: 1 },
    entryHead: 3,
    entries: log.entries(3, 3),
  };
  fixture.server.tell({
    case: "response",
    value: { id: request?.id ?? 0, answer: { case: "changes", value: changes } },
  });
  await settled();
  expect(texts(timeline)).toEqual(["system", "message 1", "missed", "later"]);
  expect(missed.ordinal).toBe(3);
});

test("[SYN2] changes bring a conversation that is behind to the head, events that came meanwhile after them", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  fixture.server.drop();
  log.post(you, "two");
  await fixture.clock.advance(2_000);
  expect(fixture.server.frames.find((frame) => frame.case === "hello")?.value).toMatchObject({
    incarnation: "one",
    heads: [{ conversation: group, seq: 2 }],
  });
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.engine.connection.get().kind).toBe("syncing");
  const to = { conversation: group, ...log.head };
  await event(fixture, log.post(you, "three"));
  expect(texts(timeline)).toEqual(["system", "message 1"]);
  fixture.server.tell({
    case: "changes",
    value: { conversation: group, from: 2, to, entryHead: 3, entries: log.entries(3, 3) },
  });
  await settled();
  expect(texts(timeline)).toEqual(["system", "message 1", "two", "three"]);
  expect(fixture.engine.connection.get().kind).toBe("online");
  expect(fixture.server.take("request")).toEqual([]);
});

test("an event that overtook a Reset is asked for again", async () => {
  const { fixture, log } = await inGroup(1);
  const reset = log.reset(30);
  await event(fixture, log.post(you, "overtook"));
  fixture.server.tell(reset);
  await settled();
  expect(fixture.server.take("request")).toMatchObject([
    { question: { case: "changes", value: { since: { seq: 2 } } } },
  ]);
});

describe("windows", () => {
  test("[RNG1] the newest entries are shown; older ones are fetched when they are wanted", async () => {
    const { fixture, log } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    expect(texts(timeline).slice(0, 2)).toEqual(["hole 52-71", "message 71"]);
    await answerPage(fixture, log);
    expect(texts(timeline)[0]).toBe("message 51");
    expect(timeline.get()).toMatchObject({ atNewest: true, atOldest: false, loaded: true });
    const loading = timeline.loadOlder();
    await settled();
    expect(texts(timeline)).toHaveLength(50);
    await answerPage(fixture, log);
    await loading;
    expect(texts(timeline)).toHaveLength(75);
    // So much was fetched that there is no need to wait again.
    await timeline.loadOlder();
    expect(texts(timeline)).toHaveLength(100);
    const rest = timeline.loadOlder();
    await settled();
    await answerPage(fixture, log);
    await rest;
    await timeline.loadOlder();
    expect(texts(timeline)[0]).toBe("system");
    expect(timeline.get().atOldest).toBe(true);
  });

  test("a window never holds more than 200 rows, and follows the end only while it is there", async () => {
    const { fixture, log } = await inGroup(400, 400);
    const timeline = fixture.engine.openTimeline(group);
    for (let times = 0; times < 7; times++) await timeline.loadOlder();
    expect(timeline.get().rows).toHaveLength(200);
    expect(timeline.get().atNewest).toBe(false);
    await event(fixture, log.post(you, "new"));
    expect(texts(timeline).at(-1)).not.toBe("new");
    await timeline.jumpToNewest();
    expect(texts(timeline).at(-1)).toBe("new");
    expect(timeline.get().atNewest).toBe(true);
    await event(fixture, log.post(you, "newer"));
    expect(texts(timeline).at(-1)).toBe("newer");
  });

  test("jumps anywhere, showing holes until they are filled, and comes back", async () => {
    const { fixture, log } = await inGroup(1_000);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    await answerPage(fixture, log);
    const jumping = timeline.jumpTo(500);
    await settled();
    expect(texts(timeline)).toEqual(["hole 475-524"]);
    await answerPage(fixture, log);
    await jumping;
    expect(texts(timeline)[0]).toBe("message 474");
    const newer = timeline.loadNewer();
    await settled();
    await answerPage(fixture, log);
    await newer;
    expect(timeline.get().rows).toHaveLength(75);
    await timeline.jumpToNewest();
    expect(texts(timeline).at(-1)).toBe("message 1000");
  });

  test("offline, what is held is shown and what is not is refused", async () => {
    const { fixture } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.server.drop();
    await settled();
    await expect(timeline.loadOlder()).rejects.toMatchObject({ code: "offline" });
    await expect(timeline.jumpTo(5)).rejects.toMatchObject({ code: "offline" });
  });

  test("a socket that closes ends what waits for a page, and the hole is filled after the next Welcome", async () => {
    const { fixture, log } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const loading = timeline.loadOlder();
    loading.catch(() => undefined);
    await settled();
    fixture.server.drop();
    await expect(loading).rejects.toMatchObject({ code: "offline" });
    fixture.server.take("request");
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    await answerPage(fixture, log);
    expect(texts(timeline)[0]).toBe("message 51");
  });

  test("rows that did not change keep their identity", async () => {
    const { fixture, log } = await inGroup(3);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const before = timeline.get().rows;
    await event(fixture, log.post(you, "new"));
    const after = timeline.get().rows;
    expect(after.length).toBe(before.length + 1);
    for (const [index, row] of before.entries()) expect(after[index]).toBe(row);
  });
});

describe("a page in flight", () => {
  test("[RNG2] does not bring back what was deleted while it was on its way", async () => {
    const { fixture, log } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const asOf = log.head.seq;
    const stale = log.entries(52, 71);
    const target = stale[3];
    await event(fixture, log.add(you, { case: "erased", value: { target: target?.id ?? "" } }));
    const [request] = fixture.server.take("request");
    fixture.server.tell({
      case: "response",
      value: {
        id: request?.id ?? 0,
        answer: {
          case: "page",
          value: { conversation: group, asOf, fromOrdinal: 52, toOrdinal: 71, entries: stale, entryHead: 101 },
        },
      },
    });
    await settled();
    expect(texts(timeline).slice(0, 5)).toEqual(["message 51", "message 52", "message 53", "deleted", "message 55"]);
  });

  test("[LOG2] a page that is newer than the device is not undone by the events that it holds already", async () => {
    const { fixture, log } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const first = log.entries(60, 60)[0];
    if (first === undefined) throw new Error("no entry");
    const set = log.add(you, { case: "reactionSet", value: { target: first.id, emoji: "a" } });
    const unset = log.add(you, { case: "reactionUnset", value: { target: first.id, emoji: "a" } });
    const rows = log.entries(52, 71).map((entry) => [set, unset].reduce(applyToEntry, entry));
    await answerPage(fixture, log, rows);
    await event(fixture, set);
    const row = timeline.get().rows.find((each) => each.id === first.id);
    expect(row).toMatchObject({ reactions: [] });
  });

  test("[RNG3] what was asked before a Reset is not used after it", async () => {
    const { fixture, log } = await inGroup(100);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const [request] = fixture.server.take("request");
    const old = log.entries(52, 71);
    fixture.server.tell(log.reset(30));
    await settled();
    fixture.server.tell({
      case: "response",
      value: {
        id: request?.id ?? 0,
        answer: {
          case: "page",
          value: { conversation: group, asOf: 101, fromOrdinal: 52, toOrdinal: 71, entries: old, entryHead: 101 },
        },
      },
    });
    await settled();
    expect(texts(timeline)[0]).toBe("hole 52-71");
    await answerPage(fixture, log);
    expect(texts(timeline)[0]).toBe("message 51");
  });
});

test("[RNG3] after a Reset older ranges are not shown until they are fetched again", async () => {
  const { fixture, log } = await inGroup(100, 101);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  expect(timeline.get().rows).toHaveLength(50);
  fixture.server.tell(log.reset(10));
  await settled();
  expect(texts(timeline)[0]).toBe("hole 52-91");
  expect(fixture.disk.image.state().conversations[0]).toMatchObject({
    ranges: [{ from: 92, to: 101 }],
    staleRanges: [{ from: 1, to: 91 }],
  });
  await answerPage(fixture, log);
  expect(timeline.get().rows.every((row) => row.kind === "message")).toBe(true);
  expect(fixture.disk.image.state().conversations[0]?.staleRanges).toEqual([{ from: 1, to: 51 }]);
});

test("[RNG4] a window stays where it is when a Reset leaves a hole behind it, and goes to the newest when asked", async () => {
  const { fixture, log } = await inGroup(100, 101);
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const shown = texts(timeline);
  for (let index = 101; index <= 600; index++) log.post(you, `message ${index}`);
  fixture.server.tell(log.reset(60, { unread: 600 }));
  await settled();
  expect(texts(timeline)).toEqual(["hole 52-101"]);
  expect(timeline.get()).toMatchObject({ atNewest: false, entryHead: 601 });
  await answerPage(fixture, log);
  expect(texts(timeline)).toEqual(shown);
  await event(fixture, log.post(you, "live"));
  expect(texts(timeline)).toEqual(shown);
  await timeline.jumpToNewest();
  expect(texts(timeline).at(-1)).toBe("live");
});

describe("[RNG4] 300 messages that come at once", () => {
  async function missed(loaded: number, sticks: boolean) {
    const { fixture, log } = await inGroup(400, 400);
    const timeline = fixture.engine.openTimeline(group);
    for (let rows = 50; rows < loaded; rows += 25) await timeline.loadOlder();
    expect(timeline.get()).toMatchObject({ atNewest: true });
    if (!sticks) await timeline.stick(false);
    const shown = texts(timeline);
    fixture.server.drop();
    for (let index = 1; index <= 300; index++) log.post(you, `missed ${index}`);
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    const to = { conversation: group, ...log.head };
    const changes = { conversation: group, from: 401, to, entryHead: 701, entries: log.entries(402, 701) };
    fixture.server.tell({ case: "changes", value: changes });
    await settled();
    return { timeline, shown, fixture, log };
  }

  test("take no row away from who reads further up: the window grows to its bound, and follows no more", async () => {
    const { timeline, shown, fixture, log } = await missed(150, false);
    expect(texts(timeline).slice(0, 150)).toEqual([...shown]);
    expect(texts(timeline)).toHaveLength(200);
    expect(timeline.get()).toMatchObject({ atNewest: false, entryHead: 701 });
    const { rows } = timeline.get();
    await event(fixture, log.post(you, "one more"));
    expect(timeline.get().rows).toEqual(rows);
    while (!timeline.get().atNewest) await timeline.loadNewer();
    await timeline.stick(true);
    await event(fixture, log.post(you, "the last"));
    expect(texts(timeline).slice(-2)).toEqual(["one more", "the last"]);
  });

  test("leave a full window alone", async () => {
    const { timeline, shown } = await missed(200, false);
    expect(texts(timeline)).toEqual(shown);
    expect(timeline.get().atNewest).toBe(false);
  });

  test("are followed by who stays at the newest", async () => {
    const { timeline } = await missed(150, true);
    expect(texts(timeline).at(-1)).toBe("missed 300");
    expect(timeline.get()).toMatchObject({ atNewest: true });
  });
});

test("[VIS3] a skipped stretch is drawn as a boundary, and not asked for", async () => {
  const { fixture, log } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  fixture.server.drop();
  for (let index = 0; index < 5; index++) log.post(you, "unseen");
  log.post(you, "seen");
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell({
    case: "changes",
    value: {
      conversation: group,
      from: 4,
      to: { conversation: group, ...log.head },
      entryHead: 10,
      entries: log.entries(10, 10),
      skips: [{ seq: 9, fromOrdinal: 5, toOrdinal: 9 }],
    },
  });
  await settled();
  expect(texts(timeline).slice(-2)).toEqual(["boundary 5-9", "seen"]);
  expect(fixture.server.take("request")).toEqual([]);
  expect(fixture.engine.conversations.get().conversations[0]?.unread).toBe(4);
});

test("[VIS4] content that did not come with a frame is fetched", async () => {
  const { fixture, log } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  const [first] = log.entries(2, 2);
  if (first === undefined) throw new Error("no entry");
  const edited = log.add(you, { case: "edited", value: { target: first.id } });
  await event(fixture, edited);
  expect(texts(timeline)[1]).toBe("withheld");
  const [request] = fixture.server.take("request");
  expect(request?.question).toMatchObject({ case: "entries", value: { ids: [first.id] } });
  const full = log.withText(first, "edited text", edited.seq);
  fixture.server.tell({
    case: "response",
    value: { id: request?.id ?? 0, answer: { case: "entries", value: { asOf: edited.seq, entries: [full] } } },
  });
  await settled();
  expect(texts(timeline)[1]).toBe("edited text");
});

test("[VIS4] content that could not be fetched is fetched after the next Welcome", async () => {
  const { fixture, log } = await inGroup(3);
  fixture.engine.openTimeline(group);
  const [first] = log.entries(2, 2);
  await event(fixture, log.add(you, { case: "edited", value: { target: first?.id ?? "" } }));
  fixture.server.take("request");
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.take("request")).toMatchObject([
    { question: { case: "entries", value: { ids: [first?.id] } } },
  ]);
});

test("[VIS4] the newest message in the list, too, is fetched after the next Welcome, and asked for once", async () => {
  const { fixture, log } = await inGroup(3);
  const [newest] = log.entries(4, 4);
  await event(fixture, log.add(you, { case: "edited", value: { target: newest?.id ?? "" } }));
  const wanted = { question: { case: "entries", value: { ids: [newest?.id] } } };
  expect(fixture.server.take("request")).toMatchObject([wanted]);
  expect(fixture.engine.conversations.get().conversations[0]?.newest?.kind).toBe("withheld");
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.take("request")).toMatchObject([wanted]);
});

test("an erasure reaches a former member by the account log", async () => {
  const { fixture, log } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  const [first] = log.entries(2, 2);
  fixture.server.tell({
    case: "accountEvent",
    value: {
      seq: 1,
      id: newId(),
      body: {
        case: "erasedElsewhere",
        value: { conversation: group, conversationSeq: 99, target: first?.id ?? "" },
      },
    },
  });
  await settled();
  expect(texts(timeline)[1]).toBe("deleted");
  expect(fixture.disk.image.state().meta?.accountHead).toBe(1);
});

test("a member who is removed can read but not write", async () => {
  const { fixture, log } = await inGroup(1);
  await event(fixture, log.add(you, { case: "membersRemoved", value: { accounts: [me] } }));
  expect(fixture.engine.conversations.get().conversations[0]).toMatchObject({ writable: false, memberCount: 1 });
});
