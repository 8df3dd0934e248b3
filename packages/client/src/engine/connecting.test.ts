import { describe, expect, test } from "bun:test";
import { ProblemCode } from "@parley/protocol";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

test("what the local store holds is shown before anything is heard from the server", async () => {
  const { fixture } = await inGroup(3);
  await fixture.engine.stop();
  const second = new EngineFixture(fixture.disk, fixture.clock);
  second.server.accepts = false;
  await second.engine.start();
  const timeline = second.engine.openTimeline(group);
  await settled();
  expect(second.engine.conversations.get()).toMatchObject({ loaded: true, conversations: [{ unread: 3 }] });
  expect(timeline.get().rows).toHaveLength(4);
});

test("a device keeps its id over restarts", async () => {
  const { fixture } = await inGroup(1);
  await fixture.engine.stop();
  const before = fixture.disk.image.state().meta?.device;
  const second = new EngineFixture(fixture.disk, fixture.clock);
  await second.engine.start();
  await settled();
  expect(second.server.take("hello")).toMatchObject([{ device: before, incarnation: "one", heads: [{ seq: 2 }] }]);
});

test("[STO11] a device says whose it is before it is registered, were it new, and of another's session it does nothing", async () => {
  const fixture = new EngineFixture();
  await fixture.engine.start();
  await settled();
  expect(fixture.server.take("hello")).toMatchObject([{ account: me, heads: [] }]);
  fixture.server.drop(4000 + ProblemCode.UNAUTHENTICATED);
  await settled();
  expect(fixture.engine.connection.get()).toEqual({ kind: "signed-out" });
});

test("[CON1] when the server went away it is tried again within a second, and again", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.server.drop();
  await settled();
  expect(fixture.engine.connection.get().kind).toBe("waiting");
  const before = fixture.server.connects;
  await fixture.clock.advance(1_000);
  expect(fixture.server.connects).toBeGreaterThan(before);
  await fixture.clock.advance(120_000);
  expect(fixture.server.connects - before).toBeGreaterThan(4);
  expect(fixture.server.connects - before).toBeLessThan(60);
});

test("[CON1] when the device's own network returns it connects at once", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.isOnline = false;
  fixture.server.drop();
  await fixture.clock.advance(60_000);
  expect(fixture.engine.connection.get().kind).toBe("offline");
  fixture.server.accepts = true;
  fixture.isOnline = true;
  fixture.networkReturns();
  await settled();
  expect(fixture.server.take("hello").length).toBeGreaterThan(0);
});

test("[CON2] a ping on wake that is not answered within 2 s ends the connection", async () => {
  const { fixture } = await inGroup(1);
  fixture.networkReturns();
  await settled();
  expect(fixture.server.take("ping")).toHaveLength(1);
  const before = fixture.server.connects;
  await fixture.clock.advance(1_999);
  expect(fixture.engine.connection.get().kind).toBe("online");
  await fixture.clock.advance(1_001);
  expect(fixture.server.connects).toBe(before + 1);
});

test("[CON2] an answered ping keeps the connection, and heartbeats go on", async () => {
  const { fixture } = await inGroup(1);
  fixture.networkReturns();
  await settled();
  for (let beat = 0; beat < 3; beat++) {
    for (const { nonce } of fixture.server.take("ping")) fixture.server.tell({ case: "pong", value: { nonce } });
    await fixture.clock.advance(30_000);
  }
  expect(fixture.server.take("ping")).toHaveLength(1);
  expect(fixture.engine.connection.get().kind).toBe("online");
  expect(fixture.server.connects).toBe(1);
});

test("[CON3] after Goodbye the device comes back after the time given and its own jitter", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.tell({ case: "goodbye", value: { code: ProblemCode.SHUTTING_DOWN, retryAfterMs: 5_000 } });
  await fixture.clock.advance(4_999);
  expect(fixture.server.connects).toBe(1);
  await fixture.clock.advance(1_001);
  expect(fixture.server.connects).toBe(2);
});

test("[CON3] a device that is refused with a time comes after it", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.tell({ case: "problem", value: { code: ProblemCode.RATE_LIMITED, retryAfterMs: 5_000 } });
  await settled();
  expect(fixture.engine.connection.get()).toMatchObject({ kind: "waiting", why: "asked" });
  fixture.networkReturns();
  await fixture.clock.advance(4_999);
  expect(fixture.server.connects).toBe(1);
  await fixture.clock.advance(1_001);
  expect(fixture.server.connects).toBe(2);
});

test("[CON3] a person may try before the time that the server asked for", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.server.refusal = { code: 1006, retryAfterMs: 600_000 };
  fixture.server.drop();
  await fixture.clock.advance(60_000);
  expect(fixture.engine.connection.get()).toMatchObject({ kind: "waiting", why: "asked" });
  const before = fixture.server.connects;
  fixture.engine.reconnect();
  await settled();
  expect(fixture.server.connects).toBe(before + 1);
});

test("[CON7] what answers in the server's place signs nobody out, is told, and gives way to the server", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.server.refusal = { code: 1006, fault: "foreign" };
  fixture.isOnline = false;
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  expect(fixture.engine.connection.get()).toMatchObject({ kind: "waiting", why: "foreign" });
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "behind the portal", sentAt: 1 });
  await fixture.clock.advance(60_000);
  expect(fixture.engine.connection.get()).toMatchObject({ kind: "waiting", why: "foreign" });
  fixture.server.accepts = true;
  await fixture.clock.advance(31_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
});

describe("[CON8] a person who waits for a connection", () => {
  /** Cut off for so long that the backoff has grown. */
  async function cutOff() {
    const { fixture } = await inGroup(1);
    fixture.server.accepts = false;
    fixture.server.drop();
    await fixture.clock.advance(120_000);
    const view = fixture.engine.connection.get();
    if (view.kind === "waiting") await fixture.clock.advance(view.retryAt - fixture.clock.now() + 1);
    return { fixture, before: fixture.server.connects };
  }

  test("hastens the next attempt by sending", async () => {
    const { fixture, before } = await cutOff();
    await fixture.engine.post({ id: newId(), conversation: group, text: "are you there?", sentAt: 1 });
    await settled();
    expect(fixture.server.connects).toBe(before + 1);
  });

  test("hastens it by writing, but not with every key", async () => {
    const { fixture, before } = await cutOff();
    for (let key = 0; key < 100; key++) {
      fixture.engine.typing(group, true);
      await fixture.clock.advance(10);
    }
    expect(fixture.server.connects - before).toBeGreaterThanOrEqual(1);
    expect(fixture.server.connects - before).toBeLessThanOrEqual(3);
    fixture.engine.typing(group, false);
  });
});

test("[CON8] a device that believes its network lost keeps a connection that works", async () => {
  const { fixture } = await inGroup(1);
  fixture.isOnline = false;
  fixture.networkGoes();
  await settled();
  const [ping] = fixture.server.take("ping");
  fixture.server.tell({ case: "pong", value: { nonce: ping?.nonce ?? 0 } });
  await fixture.clock.advance(10_000);
  expect(fixture.engine.connection.get().kind).toBe("online");
  expect(fixture.server.connects).toBe(1);
});

test("[CON8] a device that believes its network lost finds within 2 s that it is", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.isOnline = false;
  fixture.networkGoes();
  await fixture.clock.advance(2_001);
  expect(fixture.engine.connection.get()).toEqual({ kind: "offline" });
});

test("[CON9] a device whose timers stood still connects at once when it wakes, whatever its clocks say", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.server.drop();
  await fixture.clock.advance(60_000);
  fixture.clock.sleep(8 * 3_600_000);
  fixture.server.accepts = true;
  const before = fixture.server.connects;
  fixture.networkReturns();
  await settled();
  expect(fixture.server.connects).toBe(before + 1);
});

test("[CON4] commands that were queued when the session had ended are each sent once after signing in again", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.accepts = false;
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  const ids = Array.from({ length: 20 }, newId);
  for (const id of ids) await fixture.engine.post({ id, conversation: group, text: id, sentAt: 1 });
  fixture.server.refusal = { code: 4000 + ProblemCode.UNAUTHENTICATED };
  await fixture.clock.advance(31_000);
  expect(fixture.engine.connection.get()).toEqual({ kind: "signed-out" });
  expect(fixture.engine.conversations.get().pending).toBe(20);
  fixture.server.accepts = true;
  fixture.engine.reconnect();
  await settled();
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  const sent: string[] = [];
  for (let seq = log.head.seq + 1; sent.length < ids.length; ) {
    const commands = fixture.server.takeCommands();
    if (commands.length === 0) break;
    fixture.accept(commands, seq);
    seq += commands.length;
    sent.push(...commands.map(({ command }) => command.id));
    await settled();
  }
  expect(sent).toEqual(ids);
  expect(fixture.engine.conversations.get().pending).toBe(0);
});

test("[CON4] an ended session keeps the outbox, and signing in again sends it", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.drop(4000 + ProblemCode.UNAUTHENTICATED);
  await settled();
  expect(fixture.engine.connection.get()).toEqual({ kind: "signed-out" });
  const id = newId();
  await fixture.engine.post({ id, conversation: group, text: "kept", sentAt: 1 });
  fixture.engine.reconnect();
  await settled();
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
});

test("a device that was closed stops for good", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.drop(4000 + ProblemCode.DEVICE_CLOSED);
  await fixture.clock.advance(120_000);
  expect(fixture.engine.connection.get()).toEqual({ kind: "device-closed" });
  expect(fixture.server.connects).toBe(1);
});

test("[STO11] a server that speaks for another account is left", async () => {
  const fixture = new EngineFixture();
  await fixture.engine.start();
  await settled();
  fixture.server.tell({ case: "welcome", value: { account: you, incarnation: "one", heartbeatMs: 30_000 } });
  await settled();
  expect(fixture.engine.connection.get()).toEqual({ kind: "signed-out" });
});

test("a frame that cannot be read ends the connection, and another one begins", async () => {
  const { fixture } = await inGroup(1);
  fixture.server.tellBytes(Uint8Array.of(255, 255, 255));
  await fixture.clock.advance(1_500);
  expect(fixture.server.connects).toBe(2);
});

describe("[STO2] another owner", () => {
  test("a commit that is refused stops the engine at once", async () => {
    const { fixture } = await inGroup(1);
    const second = new EngineFixture(fixture.disk, fixture.clock);
    await second.engine.start();
    const id = newId();
    await expect(fixture.engine.post({ id, conversation: group, text: "late", sentAt: 1 })).rejects.toThrow();
    expect(fixture.engine.connection.get()).toEqual({ kind: "superseded" });
    expect(fixture.server.connected).toBe(false);
    expect(fixture.server.takeCommands()).toEqual([]);
    expect(fixture.disk.image.state().outbox).toEqual([]);
    await expect(fixture.engine.saveDraft(group, "x")).rejects.toMatchObject({ code: "stopped" });
  });

  test("a device whose socket was taken over looks whether the store is still its own", async () => {
    const { fixture } = await inGroup(1);
    const second = new EngineFixture(fixture.disk, fixture.clock);
    await second.engine.start();
    fixture.server.drop(4000 + ProblemCode.SUPERSEDED);
    await settled();
    expect(fixture.engine.connection.get()).toEqual({ kind: "superseded" });
  });

  test("a device whose socket was taken over but that owns its store comes back", async () => {
    const { fixture } = await inGroup(1);
    fixture.server.drop(4000 + ProblemCode.SUPERSEDED);
    await fixture.clock.advance(7_000);
    expect(fixture.server.connects).toBe(2);
  });
});

describe("[STO1] a commit that fails", () => {
  test("refuses the call, and the engine goes on from what is stored", async () => {
    const { fixture, log } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.failsNext = true;
    const id = newId();
    await expect(fixture.engine.post({ id, conversation: group, text: "full", sentAt: 1 })).rejects.toThrow(
      "disk full",
    );
    await settled();
    expect(timeline.get().rows).toHaveLength(2);
    expect(fixture.server.takeCommands()).toEqual([]);
    await fixture.engine.post({ id, conversation: group, text: "again", sentAt: 1 });
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
    expect(timeline.get().rows).toHaveLength(3);
  });

  test("an event that could not be stored is not shown, and comes again by the next Hello", async () => {
    const { fixture, log } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.failsNext = true;
    fixture.server.tell({ case: "event", value: { event: log.post(you, "lost") } });
    await settled();
    expect(timeline.get().rows).toHaveLength(2);
    await fixture.clock.advance(2_000);
    expect(fixture.server.take("hello").at(-1)).toMatchObject({ heads: [{ seq: 2 }] });
  });
});

test("a local store that cannot be read any more stops the engine, and says so", async () => {
  const { fixture } = await inGroup(1);
  fixture.failsNext = true;
  fixture.failsToLoad = true;
  await expect(fixture.engine.saveDraft(group, "x")).rejects.toThrow("disk full");
  expect(fixture.engine.connection.get()).toEqual({ kind: "store-failed" });
  expect(fixture.server.connected).toBe(false);
});

test("[STO11] the local store of another account is refused, and nothing of it is shown", async () => {
  const { fixture } = await inGroup(1);
  const meta = { account: you, device: "d", incarnation: "", accountHead: 0, doubted: [] };
  fixture.disk.commit(fixture.disk.claim(), [{ kind: "meta", meta }], "strict");
  const second = new EngineFixture(fixture.disk, fixture.clock);
  await expect(second.engine.start()).rejects.toMatchObject({ code: "invalid" });
  expect(second.engine.conversations.get().loaded).toBe(false);
});

test("a stopped engine refuses every call", async () => {
  const { fixture } = await inGroup(1);
  await fixture.engine.stop();
  expect(fixture.server.connected).toBe(false);
  const late = fixture.engine.post({ id: newId(), conversation: group, text: "late", sentAt: 1 });
  await expect(late).rejects.toMatchObject({ code: "stopped" });
});

test("an engine listens to the network until it is stopped, at whatever moment of its start that is", async () => {
  let started = 0;
  for (let moment = 0; moment < 60; moment++) {
    const fixture = new EngineFixture();
    const starting = fixture.engine.start().then(
      () => started++,
      () => undefined,
    );
    for (let step = 0; step < moment; step++) await Promise.resolve();
    await fixture.engine.stop();
    await starting;
    expect(fixture.listeners).toBe(0);
  }
  expect(started).toBeGreaterThan(1);
  expect(started).toBeLessThan(60);
});

test("[STO11] who looks at a conversation of somebody else is told that there is none of one's own", async () => {
  const fixture = new EngineFixture();
  await fixture.online();
  fixture.engine.openTimeline(group);
  await settled();
  const [asked] = fixture.server.take("request");
  expect(asked?.question.case).toBe("changes");
  expect(fixture.engine.conversations.get()).toMatchObject({ loaded: false });
  const answer = { case: "problem", value: { code: ProblemCode.NOT_FOUND } } as const;
  fixture.server.tell({ case: "response", value: { id: asked?.id ?? 0, answer } });
  await settled();
  expect(fixture.engine.conversations.get()).toMatchObject({ loaded: true, conversations: [] });
});
