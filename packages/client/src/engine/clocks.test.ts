import { expect, test } from "bun:test";
import { create, fromBinary } from "@bufbuild/protobuf";
import { CommandSchema, EntrySchema, EventSchema, RetryCode, uuidVersion } from "@parley/protocol";
import { shownTime } from "../core/timeline-rows.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RECEIVED = Date.UTC(2026, 0, 1);

test("[TIM1] messages stand in the order of the log, whatever clocks their authors have", async () => {
  const { fixture, log } = await inGroup(0);
  const timeline = fixture.engine.openTimeline(group);
  for (const [text, skew] of [
    ["first", 9 * HOUR],
    ["second", -9 * HOUR],
    ["third", 0],
  ] as const) {
    const event = log.post(you, text);
    const sentAt = event.sentAt + skew;
    fixture.server.tell({ case: "event", value: { event: create(EventSchema, { ...event, sentAt }) } });
    await settled();
  }
  const texts = timeline.get().rows.flatMap((row) => (row.kind === "message" ? [row.body] : []));
  expect(texts).toMatchObject([{ text: "first" }, { text: "second" }, { text: "third" }]);
});

test.each([
  ["written just now", RECEIVED - 200, RECEIVED - 200],
  ["written offline, a week ago", RECEIVED - 168 * HOUR, RECEIVED - 168 * HOUR],
  ["on a clock that is half a minute ahead", RECEIVED + 30_000, RECEIVED + 30_000],
  ["on a clock that is hours ahead", RECEIVED + 5 * HOUR, RECEIVED],
  ["on a clock that was never set", Date.UTC(1970, 0, 1), RECEIVED],
])("[TIM2] a message shows a plausible time: %s", (_, sentAt, shown) => {
  expect(shownTime(create(EntrySchema, { sentAt, receivedAt: RECEIVED }))).toBe(shown);
});

/** Somebody whose clock is off, as the server tells at the next Welcome. */
async function offBy(ms: number): Promise<EngineFixture> {
  const { fixture, log } = await inGroup(1);
  const rightTime = fixture.clock.now();
  fixture.clock.sleep(ms);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  fixture.server.tell({
    case: "welcome",
    value: {
      account: me,
      device: fixture.server.take("hello").at(-1)?.device ?? "",
      incarnation: "one",
      serverTime: rightTime + 1_000,
      credit: 64,
      heartbeatMs: 30_000,
      conversations: [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead }],
    },
  });
  await settled();
  return fixture;
}

async function sentAtOfPost(fixture: EngineFixture): Promise<number | undefined> {
  fixture.server.takeCommands();
  await fixture.engine.post({ id: newId(), conversation: group, text: "now", sentAt: fixture.clock.now() });
  await settled();
  return fixture.server.takeCommands()[0]?.command.sentAt;
}

test.each([5 * HOUR, -5 * HOUR])(
  "[TIM3] a device whose clock is off by %d ms says when the server's clock has it",
  async (ms) => {
    const fixture = await offBy(ms);
    expect(await sentAtOfPost(fixture)).toBe(fixture.clock.now() - ms);
  },
);

test("[TIM3] what is scheduled is told by the device's clock, and an edit that keeps its time does not move it", async () => {
  const fixture = await offBy(HOUR);
  const at = fixture.clock.now() + 3 * HOUR;
  const id = newId();
  await fixture.engine.schedule({ id, conversation: group, text: "before", at });
  const shown = () => fixture.engine.account.get().scheduled?.map((item) => [item.text, item.at]);
  expect(shown()).toEqual([["before", at]]);
  await fixture.engine.changeScheduled(newId(), id, "after", at);
  expect(shown()).toEqual([["after", at]]);
  await settled();
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { body: { value: { at: at - HOUR } } } }]);
});

test("[TIM3] a reminder is set and told by the device's clock", async () => {
  const fixture = await offBy(HOUR);
  const at = fixture.clock.now() + 3 * HOUR;
  await fixture.engine.remind(newId(), group, newId(), at);
  await settled();
  expect(fixture.engine.account.get().reminders?.map((item) => item.at)).toEqual([at]);
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { body: { value: { at: at - HOUR } } } }]);
});

test("[TIM3] [INV4] a link to a group ends by the device's clock when it ends by the server's", async () => {
  const fixture = await offBy(HOUR);
  const timeline = fixture.engine.openTimeline(group);
  const invite = { label: "", lifetimeMs: 30 * MINUTE, maxUses: 0 };
  await fixture.engine.makeInvite(newId(), group, invite);
  await settled();
  const [{ expiresAt } = { expiresAt: 0 }] = timeline.get().invites;
  expect(expiresAt - fixture.clock.now()).toBe(30 * MINUTE);
});

/** The same device, started again without a server. */
async function restarted(fixture: EngineFixture): Promise<EngineFixture> {
  await fixture.engine.stop();
  const next = new EngineFixture(fixture.disk, fixture.clock);
  next.server.accepts = false;
  await next.engine.start();
  await settled();
  return next;
}

async function sentAtWhileAway(fixture: EngineFixture): Promise<number | undefined> {
  await fixture.engine.post({ id: newId(), conversation: group, text: "now", sentAt: fixture.clock.now() });
  const [entry] = fixture.disk.image.state().outbox;
  return entry === undefined ? undefined : fromBinary(CommandSchema, entry.command).sentAt;
}

test("[TIM3] what the server said of a clock counts after a restart without a server, until the clock is set back", async () => {
  const fixture = await restarted(await offBy(5 * HOUR));
  expect(await sentAtWhileAway(fixture)).toBe(fixture.clock.now() - 5 * HOUR);
  const other = await offBy(5 * HOUR);
  other.clock.sleep(-5 * HOUR);
  const set = await restarted(other);
  expect(await sentAtWhileAway(set)).toBe(set.clock.now());
});

test("[TIM3] of a clock that was right nothing is remembered", async () => {
  const fixture = await offBy(5 * HOUR);
  expect(fixture.disk.image.state().meta?.clockError?.offsetMs).toBe(-5 * HOUR);
  const right = await offBy(-MINUTE);
  expect(right.disk.image.state().meta?.clockError).toBeUndefined();
});

test("[TIM3] a clock that is nearly right is believed", async () => {
  const fixture = await offBy(-MINUTE);
  expect(await sentAtOfPost(fixture)).toBe(fixture.clock.now());
});

test.each([30 * HOUR, -30 * HOUR])(
  "[TIM4] a clock that jumps by %d ms moves no retry, and ids stay distinct",
  async (ms) => {
    const { fixture } = await inGroup(1);
    await fixture.engine.post({ id: newId(), conversation: group, text: "later", sentAt: fixture.clock.now() });
    await settled();
    const [sent] = fixture.server.takeCommands();
    const retry = { code: RetryCode.RATE_LIMITED, retryAfterMs: 10_000 };
    fixture.server.tell({
      case: "answers",
      value: { answers: [{ id: sent?.command.id ?? "", outcome: { case: "retry", value: retry } }] },
    });
    await settled();
    const before = await fixture.engine.startGroup(newId(), [you], "before");
    fixture.clock.sleep(ms);
    const after = await fixture.engine.startGroup(newId(), [you], "after");
    fixture.clock.sleep(-ms);
    const again = await fixture.engine.startGroup(newId(), [you], "again");
    expect(new Set([before, after, again]).size).toBe(3);
    expect([before, after, again].map(uuidVersion)).toEqual([7, 7, 7]);
    fixture.clock.sleep(ms);
    fixture.server.takeCommands();
    await fixture.clock.advance(9_000);
    expect(fixture.server.takeCommands().map(({ command }) => command.id)).not.toContain(sent?.command.id ?? "");
    await fixture.clock.advance(2_000);
    expect(fixture.server.takeCommands().map(({ command }) => command.id)).toContain(sent?.command.id ?? "");
  },
);
