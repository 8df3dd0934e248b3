import { expect, test } from "bun:test";
import { fromBinary } from "@bufbuild/protobuf";
import { CommandSchema } from "@parley/protocol";
import type { Timeline } from "../api/engine.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** The texts of a window; what has disappeared takes no place. */
function texts(timeline: Timeline): readonly string[] {
  return timeline.get().rows.flatMap((row) => {
    if (row.kind !== "message") return [];
    return [row.body.kind === "text" ? row.body.text : row.body.kind];
  });
}

/** A message that disappears so long after the beginning. */
function timed(log: SampleLog, author: string, text: string, afterMs: number, id = newId()) {
  const expiry = { seconds: 60, at: START + afterMs, running: true };
  return log.add(
    author,
    { case: "posted", value: { content: { form: { case: "plain", value: { text } } }, expiry } },
    id,
  );
}

/** A device that holds a message that stays, and two that disappear one and two minutes after the beginning. */
async function holding() {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  log.post(you, "stays");
  const [one, two] = [timed(log, you, "one minute", MINUTE), timed(log, you, "two minutes", 2 * MINUTE)];
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead, unread: 3 }] });
  fixture.server.tell(log.reset(30, { unread: 3 }));
  await settled();
  return { fixture, log, one, two, timeline: fixture.engine.openTimeline(group) };
}

/** What lies in the local store, as text. */
function stored({ disk }: EngineFixture): string {
  const { conversations, outbox } = disk.image.state();
  const commands = outbox.map(({ command }) => fromBinary(CommandSchema, command));
  return JSON.stringify([disk.image.entries(group, 1, 99), conversations.map(({ newest }) => newest), commands]);
}

test("[DIS4] [DIS5] what is over is erased at its time, without the server, and leaves no trace in the list", async () => {
  const { fixture, timeline } = await holding();
  fixture.isOnline = false;
  fixture.networkGoes();
  fixture.server.drop();
  await settled();
  expect(texts(timeline)).toEqual(["stays", "one minute", "two minutes"]);
  await fixture.clock.advance(MINUTE - 10);
  expect(texts(timeline)).toContain("one minute");
  await fixture.clock.advance(20);
  expect(texts(timeline)).toEqual(["stays", "two minutes"]);
  expect(stored(fixture)).not.toContain("one minute");
  await fixture.clock.advance(MINUTE);
  expect(stored(fixture)).not.toContain("two minutes");
  expect(fixture.engine.conversations.get().conversations[0]?.newest).toMatchObject({ kind: "expired", text: "" });
});

test("[DIS5] a window shows what stays, however much has disappeared since", async () => {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  for (let index = 0; index < 60; index++) log.post(you, `stays ${index}`);
  for (let index = 0; index < 400; index++) timed(log, you, `one minute ${index}`, MINUTE);
  log.post(you, "the newest");
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(log.entryHead));
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await settled();
  expect(texts(timeline)).toHaveLength(50);
  await fixture.clock.advance(MINUTE + 10);
  expect(texts(timeline).at(-1)).toBe("the newest");
  expect(texts(timeline).length).toBeGreaterThanOrEqual(50);
  await timeline.loadOlder();
  await settled();
  expect(texts(timeline)).toHaveLength(61);
  expect(timeline.get()).toMatchObject({ atOldest: true, atNewest: true });
  expect(texts(fixture.engine.openTimeline(group))).toEqual([]);
  const another = fixture.engine.openTimeline(group);
  await settled();
  expect(texts(another).at(-1)).toBe("the newest");
  expect(texts(another).length).toBeGreaterThanOrEqual(50);
});

test("[DIS4] what came to its end while the device was off is never shown after its start", async () => {
  const { fixture } = await holding();
  await fixture.engine.stop();
  fixture.clock.sleep(90_000);
  const again = new EngineFixture(fixture.disk, fixture.clock);
  const timeline = again.engine.openTimeline(group);
  const seen: string[] = [];
  timeline.subscribe(() => seen.push(...texts(timeline)));
  await again.engine.start();
  await settled();
  expect(texts(timeline)).toEqual(["stays", "two minutes"]);
  expect(seen).not.toContain("one minute");
  expect(stored(again)).not.toContain("one minute");
});

test("[DIS4] the server's clock counts, not the device's", async () => {
  const { fixture, timeline } = await holding();
  fixture.clock.sleep(-10 * MINUTE);
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  fixture.server.tell({
    case: "welcome",
    value: {
      account: me,
      device: fixture.server.take("hello").at(-1)?.device ?? "",
      incarnation: "one",
      serverTime: START + 90_000,
      credit: 64,
      heartbeatMs: 30_000,
      conversations: [],
    },
  });
  await fixture.clock.advance(MINUTE);
  expect(texts(timeline)).not.toContain("one minute");
});

test("[DIS4] what the server still sends of it is not shown, and what it says of it applies", async () => {
  const { fixture, log, one, timeline } = await holding();
  await fixture.clock.advance(MINUTE + 10);
  const edit = { target: one.id, content: { form: { case: "plain", value: { text: "one minute, edited" } } } } as const;
  fixture.server.tell({ case: "event", value: { event: log.add(you, { case: "edited", value: edit }) } });
  await settled();
  expect(stored(fixture)).not.toContain("one minute");
  const erased = log.add(you, { case: "erased", value: { target: one.id, expired: true } });
  fixture.server.tell({ case: "event", value: { event: erased } });
  await settled();
  const [row] = fixture.disk.image.entriesById(group, [one.id]);
  expect(row).toMatchObject({
    rev: erased.seq,
    contentRev: erased.seq,
    body: { value: { state: { case: "deleted" } } },
  });
  expect(row?.body.value).not.toHaveProperty("expiry");
  fixture.server.tell(log.reset(30));
  await settled();
  expect(texts(timeline)).toEqual(["stays", "two minutes"]);
});

test("[DIS4] one's own commands that wrote it are forgotten with it", async () => {
  const { fixture, log } = await holding();
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "secret of mine", sentAt: fixture.clock.now() });
  await settled();
  const posted = timed(log, me, "secret of mine", MINUTE, id);
  fixture.server.tell({ case: "event", value: { event: posted } });
  await settled();
  expect(stored(fixture)).toContain("secret of mine");
  await fixture.clock.advance(MINUTE + 10);
  expect(stored(fixture)).not.toContain("secret of mine");
});

test("[DIS3] a former member is told so by the account log, and shown nothing of it", async () => {
  const { fixture, one, timeline } = await holding();
  const value = { conversation: group, conversationSeq: 99, target: one.id, expired: true };
  fixture.server.tell({
    case: "accountEvent",
    value: { seq: 1, id: newId(), body: { case: "erasedElsewhere", value } },
  });
  await settled();
  expect(texts(timeline)).toEqual(["stays", "two minutes"]);
  expect(stored(fixture)).not.toContain("one minute");
});

test("[DIS5] where there is a thread below it, a line stays", async () => {
  const { fixture, log, one, timeline } = await holding();
  const summary = { replies: 1, lastReplyAt: START, participants: [you] };
  const changed = log.add(you, { case: "threadChanged", value: { root: one.id, summary } });
  fixture.server.tell({ case: "event", value: { event: changed } });
  await fixture.clock.advance(MINUTE + 10);
  expect(texts(timeline)).toEqual(["stays", "deleted", "two minutes"]);
  expect(timeline.get().rows.find(({ id }) => id === one.id)).toMatchObject({
    body: { kind: "deleted", expired: true },
  });
});

test("[DIS1] the timer that is set is shown at once, and told to the server", async () => {
  const { fixture, timeline } = await holding();
  await settled();
  expect(timeline.get()).toMatchObject({ timerSeconds: 0, rights: { setTimer: true } });
  await fixture.engine.setTimer(newId(), group, 3_600);
  await settled();
  expect(timeline.get().timerSeconds).toBe(3_600);
  expect(fixture.server.takeCommands().map(({ command }) => command.body)).toMatchObject([
    { case: "setTimer", value: { seconds: 3_600 } },
  ]);
});
