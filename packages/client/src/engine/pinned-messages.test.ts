import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import type { Timeline } from "../api/engine.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** What is shown at the top, the one pinned last first. */
function pinned(timeline: Timeline): readonly string[] {
  return timeline.get().pinned.map(({ body }) => (body.kind === "text" ? body.text : `(${body.kind})`));
}

/** A group of 60 messages whose second and third entries are pinned, on a device that holds the newest 10. */
async function withPins() {
  const log = new SampleLog();
  for (let index = 1; index <= 60; index++) log.post(you, `message ${index}`);
  const targets = [log.events[1]?.id ?? "", log.events[2]?.id ?? ""];
  for (const target of targets) log.add(you, { case: "messagePinned", value: { target } });
  const fixture = new EngineFixture();
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(10));
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  const asked = () => fixture.server.take("request").filter(({ question }) => question.case === "entries");
  /** Answers the question for rows with those that are named, as of the head. */
  const answer = async (ordinals: readonly number[], asOf = log.head.seq) => {
    const [request] = asked();
    if (request?.question.case !== "entries") throw new Error("nothing was asked");
    const entries = ordinals.flatMap((ordinal) => log.entries(ordinal, ordinal));
    fixture.server.tell({
      case: "response",
      value: { id: request.id, answer: { case: "entries", value: { asOf, entries } } },
    });
    await settled();
    return request.question.value.ids;
  };
  const happens = async (...[author, body]: Parameters<SampleLog["add"]>) => {
    fixture.server.tell({ case: "event", value: { event: log.add(author, body) } });
    await settled();
  };
  return { fixture, log, timeline, targets, asked, answer, happens };
}

describe("[PIN4] pinned messages that are not held", () => {
  test("are fetched, wherever they lie, and are there without the server after that", async () => {
    const { fixture, timeline, targets, asked, answer } = await withPins();
    expect(pinned(timeline)).toEqual(["(not-held)", "(not-held)"]);
    expect(await answer([2, 3])).toEqual(targets);
    expect(pinned(timeline)).toEqual(["message 2", "message 1"]);
    expect(timeline.get().pinned.map(({ ordinal }) => ordinal)).toEqual([3, 2]);
    expect(asked()).toEqual([]);
    await fixture.engine.stop();
    const next = new EngineFixture(fixture.disk);
    next.server.accepts = false;
    await next.engine.start();
    const offline = next.engine.openTimeline(group);
    await settled();
    expect(pinned(offline)).toEqual(["message 2", "message 1"]);
    await offline.jumpTo(3);
    expect(offline.get().rows.flatMap((row) => (row.kind === "message" ? [row.ordinal] : []))).toEqual([2, 3]);
  });

  test("are kept as of the head like every row that is held", async () => {
    const { timeline, targets, answer, happens } = await withPins();
    await answer([2, 3]);
    const content = { form: { case: "plain", value: { text: "changed" } } } as const;
    await happens(you, { case: "edited", value: { target: targets[0] ?? "", content } });
    expect(pinned(timeline)).toEqual(["message 2", "changed"]);
  });

  test("get what happened while they were on their way", async () => {
    const { timeline, log, targets, answer, happens } = await withPins();
    const { seq } = log.head;
    const content = { form: { case: "plain", value: { text: "changed" } } } as const;
    await happens(you, { case: "edited", value: { target: targets[1] ?? "", content } });
    await answer([2, 3], seq);
    expect(pinned(timeline)).toEqual(["changed", "message 1"]);
  });

  test("are asked for once at a time, however much happens meanwhile", async () => {
    const { log, happens, asked } = await withPins();
    expect(asked()).toHaveLength(1);
    for (let index = 0; index < 40; index++) {
      await happens(you, { case: "titleSet", value: { title: `${log.head.seq}` } });
    }
    expect(asked()).toEqual([]);
  });

  test("are asked for again where an answer leaves some out, and after a lost connection", async () => {
    const { fixture, timeline, log, targets, asked, answer } = await withPins();
    await answer([3]);
    expect(pinned(timeline)).toEqual(["message 2", "(not-held)"]);
    expect(asked()).toHaveLength(1);
    fixture.server.drop();
    await fixture.clock.advance(60_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    expect(await answer([2])).toEqual(targets.slice(0, 1));
    expect(pinned(timeline)).toEqual(["message 2", "message 1"]);
  });
});

test("[PIN3] what the server does not give is out of sight, and not asked for again", async () => {
  const { timeline, answer, asked, happens } = await withPins();
  await answer([]);
  expect(pinned(timeline)).toEqual(["(out-of-sight)", "(out-of-sight)"]);
  await happens(you, { case: "titleSet", value: { title: "Tea" } });
  expect(asked()).toEqual([]);
});

test("[PIN1] [PIN2] pins end by an event of their own, or with the message", async () => {
  const { timeline, targets, answer, happens } = await withPins();
  await answer([2, 3]);
  await happens(you, { case: "erased", value: { target: targets[1] ?? "" } });
  expect(pinned(timeline)).toEqual(["message 1"]);
  await happens(you, { case: "messageUnpinned", value: { target: targets[0] ?? "" } });
  expect(pinned(timeline)).toEqual([]);
});

describe("[PIN5] a pin that waits", () => {
  test("is shown at once, ended at once, and goes with its rejection", async () => {
    const { fixture, log } = await inGroup(5);
    const [, first, second] = log.events;
    const timeline = fixture.engine.openTimeline(group);
    await fixture.engine.pinMessage(newId(), group, first?.id ?? "", true);
    await fixture.engine.pinMessage(newId(), group, second?.id ?? "", true);
    await settled();
    expect(pinned(timeline)).toEqual(["message 2", "message 1"]);
    await fixture.engine.pinMessage(newId(), group, first?.id ?? "", false);
    await settled();
    expect(pinned(timeline)).toEqual(["message 2"]);
    await fixture.reject(RejectionCode.PINNED_MESSAGES_FULL, "full");
    await fixture.reject(RejectionCode.PINNED_MESSAGES_FULL, "full");
    await fixture.reject(RejectionCode.PINNED_MESSAGES_FULL, "full");
    expect(pinned(timeline)).toEqual([]);
    await fixture.clock.advance(200);
    const failed = fixture.engine.outbox.get().groups.flatMap(({ items }) => items.map(({ what }) => what));
    expect(failed[0]).toEqual({ kind: "pin", pinned: true, of: "message 1" });
  });

  test("holds a message that waits itself, falls with it, and is tried again with it", async () => {
    const { fixture } = await inGroup(2);
    const timeline = fixture.engine.openTimeline(group);
    const id = newId();
    await fixture.engine.post({ id, conversation: group, text: "mine", sentAt: 1 });
    await fixture.engine.pinMessage(newId(), group, id, true);
    await settled();
    expect(pinned(timeline)).toEqual(["mine"]);
    expect(timeline.get().pinned[0]).toMatchObject({ ordinal: undefined, mine: true });
    await fixture.reject(RejectionCode.INVALID, "no");
    expect(pinned(timeline)).toEqual([]);
    await fixture.engine.retry(id);
    await settled();
    expect(pinned(timeline)).toEqual(["mine"]);
  });

  test("ends at once where its message is about to be deleted", async () => {
    const { fixture, log } = await inGroup(3);
    const mine = log.post(me, "mine");
    fixture.server.tell({ case: "event", value: { event: mine } });
    const timeline = fixture.engine.openTimeline(group);
    await fixture.engine.pinMessage(newId(), group, mine.id, true);
    await settled();
    expect(pinned(timeline)).toEqual(["mine"]);
    await fixture.engine.deleteMessage(newId(), group, mine.id);
    await settled();
    expect(pinned(timeline)).toEqual([]);
  });
});
