import { describe, expect, test } from "bun:test";
import { MemoryStore } from "@parley/client-store";
import { StoreError } from "../ports/store-error.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

function post(fixture: EngineFixture, text: string): Promise<void> {
  return fixture.engine.post({ id: newId(), conversation: group, text, sentAt: 1 });
}

async function storedTexts(fixture: EngineFixture): Promise<number> {
  return (await new MemoryStore(fixture.disk).load()).outbox.length;
}

/** An engine that holds a group of so many messages. */
async function holding(messages: number): Promise<{ fixture: EngineFixture; log: SampleLog }> {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  for (let index = 1; index < messages; index++) log.post(you, `message ${index}`);
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(messages));
  await settled();
  return { fixture, log };
}

describe("[STO9] a commit that the platform gives up", () => {
  test("is tried again, and nobody notices", async () => {
    const { fixture } = await holding(3);
    let failures = 3;
    fixture.disk.faults = (operation) => (operation === "commit" && failures-- > 0 ? "aborted" : undefined);
    await post(fixture, "kept");
    expect(failures).toBeLessThan(0);
    expect(fixture.engine.connection.get()).toEqual({ kind: "online" });
    expect(await storedTexts(fixture)).toBe(1);
  });

  test("again and again, fails the call: it is neither shown nor stored, and the next one works", async () => {
    const { fixture } = await holding(3);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.disk.faults = (operation) => (operation === "commit" ? "aborted" : undefined);
    const failed = await post(fixture, "refused").catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StoreError);
    expect(JSON.stringify(timeline.get().rows)).not.toContain("refused");
    expect(await storedTexts(fixture)).toBe(0);
    fixture.disk.faults = () => undefined;
    await post(fixture, "taken");
    expect(JSON.stringify(timeline.get().rows)).toContain("taken");
    expect(await storedTexts(fixture)).toBe(1);
  });

  test("[SAV4] [PRF5] [HID4] neither is what was to be kept of messages, or preferred, shown after it", async () => {
    const { fixture, log } = await inGroup(2);
    const { engine } = fixture;
    const timeline = engine.openTimeline(group);
    await settled();
    const [first = "", second = ""] = log.entries(2, 3).map(({ id }) => id);
    const shown = () => [timeline.get().rows, engine.account.get(), engine.conversations.get()];
    const before = shown();
    fixture.disk.faults = (operation) => (operation === "commit" ? "aborted" : undefined);
    for (const refused of [
      engine.save(newId(), group, first, true),
      engine.hide(newId(), group, [second]),
      engine.prefer(newId(), group, { kind: "pin", pinned: true }),
    ]) {
      expect(await refused.catch((error: unknown) => error)).toBeInstanceOf(StoreError);
    }
    fixture.disk.faults = () => undefined;
    await settled();
    expect(shown()).toEqual(before);
  });

  test("[HID2] leaves what is hidden out of the list", async () => {
    const { fixture, log } = await holding(3);
    const [third = ""] = log.entries(3, 3).map(({ id }) => id);
    await fixture.engine.hide(newId(), group, [third]);
    const newest = () => fixture.engine.conversations.get().conversations[0]?.newest?.text;
    expect(newest()).toBe("message 1");
    fixture.disk.faults = (operation) => (operation === "commit" ? "aborted" : undefined);
    await post(fixture, "refused").catch(() => undefined);
    expect(newest()).toBe("message 1");
  });

  test("keeps nobody waiting for entries that came with it", async () => {
    const { fixture, log } = await holding(900);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.disk.faults = (operation) => (operation === "commit" ? "full" : undefined);
    await post(fixture, "no room").catch(() => undefined);
    fixture.disk.faults = () => undefined;
    await timeline.loadOlder();
    expect(timeline.get().rows.length).toBeGreaterThan(0);
    expect(log.entryHead).toBe(900);
  });
});

describe("[STO10] a device without room", () => {
  test("gives up old history for what is typed, and says nowhere that it still holds it", async () => {
    const { fixture } = await holding(1_000);
    fixture.disk.room = fixture.disk.image.rows;
    await post(fixture, "typed on a full disk");
    expect(await storedTexts(fixture)).toBe(1);
    const store = new MemoryStore(fixture.disk);
    const [conversation] = (await store.load()).conversations;
    const [range, ...others] = conversation?.ranges ?? [];
    expect(others).toEqual([]);
    expect(range?.to).toBe(1_000);
    expect(range?.from).toBeGreaterThan(1);
    const entries = await store.entries(group, 1, 1_000);
    expect([entries[0]?.ordinal, entries.length]).toEqual([range?.from, 1_001 - (range?.from ?? 0)]);
    expect(entries.length).toBeGreaterThanOrEqual(200);
  });

  test("gives up also of the newest pages where nothing else is left, but for a screenful", async () => {
    const { fixture } = await holding(150);
    fixture.disk.room = fixture.disk.image.rows;
    await post(fixture, "typed on a full disk");
    expect(await storedTexts(fixture)).toBe(1);
    const left = await new MemoryStore(fixture.disk).entries(group, 1, 150);
    expect([left[0]?.ordinal, left.length]).toEqual([121, 30]);
  });

  test("what was given up comes from the server again when somebody looks", async () => {
    const { fixture, log } = await holding(1_000);
    fixture.disk.room = fixture.disk.image.rows;
    await post(fixture, "typed on a full disk");
    fixture.disk.room = Number.POSITIVE_INFINITY;
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.server.take("request");
    timeline.jumpTo(1).catch(() => undefined);
    await settled();
    const asked = fixture.server.take("request").map(({ question }) => question);
    expect(asked).toMatchObject([{ case: "page", value: { cursor: { case: "after", value: 0 } } }]);
  });

  test("with nothing left to give up, refuses what is typed in words, keeps what it had taken, and goes on when there is room", async () => {
    const { fixture } = await holding(20);
    await post(fixture, "taken before");
    fixture.disk.room = fixture.disk.image.rows;
    const refused = await post(fixture, "too much").catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreError);
    expect(refused).toMatchObject({ kind: "full" });
    expect(await storedTexts(fixture)).toBe(1);
    fixture.disk.room += 1;
    await post(fixture, "there is room");
    expect(await storedTexts(fixture)).toBe(2);
  });

  test("for what the server tells, says so and rests, instead of asking for it again and again; it goes on when there is room", async () => {
    const { fixture, log } = await holding(20);
    await post(fixture, "taken before");
    fixture.server.takeCommands();
    fixture.disk.room = fixture.disk.image.rows;
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const connects = fixture.server.connects;
    fixture.server.tell({ case: "event", value: { event: log.post(you, "does not fit") } });
    await settled();
    expect(fixture.engine.connection.get()).toEqual({ kind: "no-room" });
    await fixture.clock.advance(4_000);
    expect(fixture.server.connects).toBe(connects);
    expect(JSON.stringify(timeline.get().rows)).toContain("taken before");
    expect(await post(fixture, "too much").catch((error: unknown) => error)).toMatchObject({ kind: "full" });
    expect(await storedTexts(fixture)).toBe(1);
    fixture.disk.room = Number.POSITIVE_INFINITY;
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    expect(fixture.server.connects).toBe(connects + 1);
    await post(fixture, "there is room");
    expect(await storedTexts(fixture)).toBe(2);
    expect(fixture.engine.connection.get().kind).not.toBe("no-room");
    await fixture.engine.stop();
  });

  test("for many messages at once, of which none is waited for, rests too, and refuses what is typed", async () => {
    const { fixture, log } = await holding(20);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    fixture.disk.room = fixture.disk.image.rows;
    for (let index = 0; index < 20; index++) {
      fixture.server.tell({ case: "event", value: { event: log.post(you, `does not fit ${index}`) } });
    }
    await settled();
    expect(fixture.engine.connection.get()).toEqual({ kind: "no-room" });
    expect(await post(fixture, "too much").catch((error: unknown) => error)).toMatchObject({ kind: "full" });
    await fixture.clock.advance(20_000);
    await settled();
    expect(timeline.get().rows.length).toBeGreaterThan(0);
    expect(await post(fixture, "too much").catch((error: unknown) => error)).toMatchObject({ kind: "full" });
    await fixture.engine.stop();
  });

  test("rests each time anew that there is none, and goes on each time that there is some", async () => {
    const { fixture, log } = await holding(20);
    const event = log.post(you, "does not fit");
    const { entryHead } = log;
    const changes = {
      conversation: group,
      from: event.seq - 1,
      to: { conversation: group, ...log.head },
      entryHead,
      entries: log.entries(entryHead, entryHead),
    };
    for (let round = 0; round < 3; round++) {
      fixture.disk.room = fixture.disk.image.rows;
      fixture.server.tell(round === 0 ? { case: "event", value: { event } } : { case: "changes", value: changes });
      await settled();
      expect(fixture.engine.connection.get()).toEqual({ kind: "no-room" });
      fixture.disk.room = Number.POSITIVE_INFINITY;
      await fixture.clock.advance(6_000);
      await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
      expect(fixture.engine.connection.get().kind).not.toBe("no-room");
    }
    await fixture.engine.stop();
  });

  test("takes the store from nobody who has claimed it meanwhile, once there is room", async () => {
    const { fixture, log } = await holding(20);
    fixture.disk.room = fixture.disk.image.rows;
    fixture.server.tell({ case: "event", value: { event: log.post(you, "does not fit") } });
    await settled();
    const next = new EngineFixture(fixture.disk, fixture.clock);
    await next.engine.start();
    fixture.disk.room = Number.POSITIVE_INFINITY;
    await fixture.clock.advance(6_000);
    expect(fixture.engine.connection.get()).toEqual({ kind: "superseded" });
    await post(next, "mine");
    expect(await storedTexts(next)).toBe(1);
    await next.engine.stop();
  });

  test("for its owner's mark makes some out of old history, and begins", async () => {
    const { fixture } = await holding(1_000);
    await post(fixture, "waits since before");
    await fixture.engine.stop();
    let full = true;
    const { disk } = fixture;
    const before = disk.image.rows;
    disk.faults = (operation) => (operation === "claim" && disk.image.rows === before && full ? "full" : undefined);
    const next = new EngineFixture(disk, fixture.clock);
    await next.engine.start();
    await settled();
    full = false;
    expect(next.server.take("hello")).toHaveLength(1);
    expect(next.engine.connection.get().kind).not.toBe("no-room");
    expect(disk.image.entries(group, 1, 1_000).length).toBeLessThan(1_000);
    expect(await storedTexts(next)).toBe(1);
    await next.engine.stop();
  });

  test("one call that does not fit takes no other with it", async () => {
    const { fixture } = await holding(20);
    fixture.disk.room = fixture.disk.image.rows + 1;
    const outcomes = await Promise.allSettled(["fits", "does not"].map((text) => post(fixture, text)));
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(await storedTexts(fixture)).toBe(1);
  });
});

describe("[STO10] a start on a device without any room", () => {
  /** A device that has been away, and whose store lets nobody claim it. */
  async function full() {
    const { fixture } = await holding(20);
    await fixture.engine.saveDraft(group, "half a sentence");
    await post(fixture, "waits since before");
    await fixture.engine.stop();
    fixture.disk.faults = (operation) => (operation === "read" ? undefined : "full");
    const next = new EngineFixture(fixture.disk, fixture.clock);
    await next.engine.start();
    const timeline = next.engine.openTimeline(group);
    await settled();
    return { next, disk: fixture.disk, clock: fixture.clock, timeline };
  }

  test("shows what is stored, and says why nothing else works", async () => {
    const { next, disk, timeline } = await full();
    const generation = disk.generation;
    expect(next.engine.connection.get()).toEqual({ kind: "no-room" });
    expect(next.engine.conversations.get()).toMatchObject({ loaded: true, pending: 1, conversations: [{ id: group }] });
    expect(timeline.get().rows.at(-1)).toMatchObject({ body: { text: "waits since before" } });
    expect(await next.engine.draft(group)).toBe("half a sentence");
    const { results } = await next.engine.search(group, "message 7", undefined);
    expect(results.map(({ ordinal }) => ordinal)).toEqual([18, 8]);
    const refused = await Promise.allSettled([post(next, "no room"), next.engine.saveDraft(group, "more")]);
    expect(refused).toMatchObject([{ reason: { kind: "full" } }, { reason: { kind: "full" } }]);
    next.engine.markRead(group, 50);
    await settled();
    expect(JSON.stringify(timeline.get().rows)).not.toContain("no room");
    expect(await next.engine.draft(group)).toBe("half a sentence");
    expect(next.server.connects).toBe(0);
    expect(disk.generation).toBe(generation);
  });

  test("goes on by itself when there is room, with all that waited", async () => {
    const { next, disk, clock, timeline } = await full();
    await clock.advance(60_000);
    expect(next.engine.connection.get()).toEqual({ kind: "no-room" });
    disk.faults = () => undefined;
    await clock.advance(5_000);
    await settled();
    expect(next.server.take("hello")).toHaveLength(1);
    await post(next, "there is room");
    expect(JSON.stringify(timeline.get().rows)).toContain("there is room");
    expect(await storedTexts(next)).toBe(2);
    await next.engine.stop();
  });

  test("a person may ask whether there is room, and whoever stops it is not asked for any more", async () => {
    const { next, disk } = await full();
    disk.faults = () => undefined;
    next.engine.reconnect();
    await settled();
    expect(next.server.take("hello")).toHaveLength(1);
    const other = await full();
    await other.next.engine.stop();
    let asked = 0;
    other.disk.faults = () => {
      asked += 1;
      return undefined;
    };
    await other.clock.advance(60_000);
    expect(asked).toBe(0);
    expect(other.next.server.connects).toBe(0);
  });

  test("without anything stored there is nothing to show", async () => {
    const fixture = new EngineFixture();
    fixture.disk.faults = (operation) => (operation === "read" ? undefined : "full");
    await expect(fixture.engine.start()).rejects.toMatchObject({ kind: "full" });
  });

  test("that turns out to be unreadable says so", async () => {
    const { next, disk, clock } = await full();
    disk.faults = () => "damaged";
    await clock.advance(5_000);
    expect(next.engine.connection.get()).toEqual({ kind: "store-failed" });
  });
});

describe("[STO5] a store that is thrown away under the engine", () => {
  test("ends the engine; what it held of the outbox goes on in a new device, in its order", async () => {
    const { fixture } = await holding(3);
    const hello = new MemoryStore(fixture.disk);
    const former = (await hello.load()).meta?.device;
    for (const text of ["one", "two", "three"]) await post(fixture, text);
    fixture.disk.evict();
    await post(fixture, "late").catch(() => undefined);
    expect(fixture.engine.connection.get()).toEqual({ kind: "store-failed" });

    await fixture.clock.advance(1);
    const next = new EngineFixture(fixture.disk, fixture.clock);
    await next.engine.start(fixture.engine.remains());
    await settled();
    const state = await new MemoryStore(fixture.disk).load();
    expect(state.meta?.device).not.toBe(former);
    expect(state.outbox).toHaveLength(3);
    await next.welcome();
    await next.acceptAll(4);
    expect((await new MemoryStore(fixture.disk).load()).outbox.map(({ state: { kind } }) => kind)).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
  });

  test("[INC2] asks what became of what was accepted: the server may have lost that since", async () => {
    const { fixture } = await holding(3);
    const id = newId();
    await fixture.engine.save(id, group, newId(), true);
    await fixture.acceptAll(1);
    fixture.disk.evict();
    await post(fixture, "late").catch(() => undefined);
    await fixture.clock.advance(1);
    const next = new EngineFixture(fixture.disk, fixture.clock);
    await next.engine.start(fixture.engine.remains());
    await settled();
    // A restored backup, whose account log is as long without it.
    next.server.tell({
      case: "welcome",
      value: { account: me, incarnation: "two", credit: 64, heartbeatMs: 30_000, accountHead: 3, preferences: {} },
    });
    await settled();
    const [request] = next.server.take("request");
    expect(request?.question).toMatchObject({ case: "verdicts", value: { log: me, ids: [id] } });
    const { id: question = 0 } = request ?? {};
    const answer = { case: "verdicts", value: {} } as const;
    next.server.tell({ case: "response", value: { id: question, answer } });
    await settled();
    expect(next.server.takeCommands()).toMatchObject([{ command: { id, log: me } }]);
  });

  test("keeps what was remembered of it for yet another engine, while there is no room to store it", async () => {
    const { fixture } = await holding(3);
    await post(fixture, "one");
    const remains = fixture.engine.remains();
    const { fixture: other } = await holding(3);
    await other.engine.stop();
    const { meta } = await new MemoryStore(other.disk).load();
    if (meta === undefined) throw new Error("nothing is stored");
    other.disk.image.apply([{ kind: "meta", meta: { ...meta, device: "another" } }]);
    other.disk.faults = (operation) => (operation === "read" ? undefined : "full");
    const next = new EngineFixture(other.disk, fixture.clock);
    await next.engine.start(remains);
    expect(next.engine.connection.get()).toEqual({ kind: "no-room" });
    expect(next.engine.remains()).toEqual(remains);

    other.disk.faults = () => undefined;
    await fixture.clock.advance(6_000);
    expect((await new MemoryStore(other.disk).load()).outbox.map(({ id }) => id)).toEqual(
      remains.outbox.map(({ id }) => id),
    );
  });

  test("a store that is still the same device's knows better than what was remembered of it", async () => {
    const { fixture } = await holding(3);
    await post(fixture, "one");
    const remains = fixture.engine.remains();
    await fixture.engine.discard(remains.outbox[0]?.id ?? "").catch(() => undefined);
    await fixture.engine.stop();
    const before = (await new MemoryStore(fixture.disk).load()).outbox.map(({ id }) => id);
    const next = new EngineFixture(fixture.disk, fixture.clock);
    await next.engine.start(remains);
    expect((await new MemoryStore(fixture.disk).load()).outbox.map(({ id }) => id)).toEqual(before);
  });

  test("that came back empty or as another one is not written to as if nothing had happened", async () => {
    const { fixture } = await holding(3);
    await post(fixture, "one");
    let failures = 1;
    fixture.disk.faults = (operation) => (operation === "commit" && failures-- > 0 ? "damaged" : undefined);
    const { meta } = await new MemoryStore(fixture.disk).load();
    if (meta === undefined) throw new Error("nothing is stored");
    // As another program would write it: the engine's generation stays the owner's.
    fixture.disk.image.apply([{ kind: "meta", meta: { ...meta, device: "another" } }]);
    await post(fixture, "two").catch(() => undefined);
    expect(fixture.engine.connection.get()).toEqual({ kind: "store-failed" });
  });
});

test("[STO5] a new device does not say that there is nothing before it knows", async () => {
  const fixture = new EngineFixture();
  const log = new SampleLog();
  await fixture.engine.start();
  await settled();
  expect(fixture.engine.conversations.get()).toMatchObject({ loaded: false, conversations: [] });
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.engine.conversations.get()).toMatchObject({ loaded: false, conversations: [] });
  fixture.server.tell(log.reset(1));
  await settled();
  expect(fixture.engine.conversations.get()).toMatchObject({ loaded: true, conversations: [{ id: group }] });
});

test("[STO8] an engine whose store cannot be read can be stopped, and one that is stopped while it starts never begins", async () => {
  const fixture = new EngineFixture();
  fixture.failsToLoad = true;
  await expect(fixture.engine.start()).rejects.toThrow();
  await fixture.engine.stop();
  const another = new EngineFixture();
  const started = another.engine.start();
  await another.engine.stop();
  await expect(started).rejects.toThrow();
  expect(another.engine.connection.get().kind).toBe("starting");
});
