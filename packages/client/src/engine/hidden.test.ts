import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** In a group with five messages of which the newest so many are held, told that nothing is kept as of account head 3. */
async function withMessages(held: number) {
  const { fixture, log } = await inGroup(5, held);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  const read = { conversation: group, unread: 5, asOf: log.head.seq, accountAsOf: 3 };
  const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead, read }];
  const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
  const serverTime = fixture.clock.now();
  fixture.server.tell({ case: "welcome", value: { ...shared, serverTime, accountHead: 3, preferences: {} } });
  await settled();
  const ids = log.entries(2, 6).map(({ id }) => id);
  const hide = async (...messages: readonly string[]) => {
    const id = newId();
    await fixture.engine.hide(id, group, messages);
    await settled();
    return id;
  };
  const told = async (seq: number, from: number, to: number, id = newId(), unlists = false) => {
    const body = { case: "messagesHidden", value: { conversation: group, runs: [{ from, to }], unlists } };
    fixture.server.tell({
      case: "accountEvent",
      value: { seq, id, receivedAt: 1, body: { ...body, case: "messagesHidden" } },
    });
    await settled();
  };
  return { fixture, log, ids, hide, told };
}

function listed(fixture: EngineFixture) {
  const [one] = fixture.engine.conversations.get().conversations;
  return { unread: one?.unread, newest: one?.newest?.text };
}

describe("deleted for oneself", () => {
  test("[HID2] [HID4] what is hidden is gone at once from timeline, list and search, and settled by its event", async () => {
    const { fixture, ids, hide, told } = await withMessages(6);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const texts = () =>
      timeline.get().rows.flatMap((row) => (row.kind === "message" && row.body.kind === "text" ? [row.body.text] : []));
    const [, two = "", , four = "", five = ""] = ids;
    const id = await hide(five, four, two);
    for (const settles of [false, true]) {
      if (settles) {
        await told(4, 3, 3, id);
        await told(5, 5, 6);
      }
      expect(texts()).toEqual(["message 1", "message 3"]);
      expect(listed(fixture)).toEqual({ unread: 2, newest: "message 3" });
      const { results } = await fixture.engine.search(group, "message");
      expect(results.map(({ ordinal }) => ordinal)).toEqual([4, 2]);
    }
    expect(fixture.engine.conversations.get().pending).toBe(0);
    expect(fixture.disk.image.state().meta?.hidden).toEqual([
      {
        conversation: group,
        runs: [
          { from: 3, to: 3 },
          { from: 5, to: 6 },
        ],
        unlistedUpTo: 0,
        asOf: 5,
      },
    ]);
  });

  test("[HID3] where not all is held, the server's count is continued, and asked for again once it knows of more", async () => {
    const { fixture, ids, hide, told } = await withMessages(2);
    const counted = async (unread: number, accountAsOf: number) => {
      const state = { conversation: group, unread, read: 0, delivered: 6, asOf: 6, accountAsOf };
      fixture.server.tell({ case: "registers", value: { readStates: [state] } });
      await settled();
    };
    await counted(5, 3);
    await hide(ids[4] ?? "");
    expect(listed(fixture).unread).toBe(4);
    fixture.server.take("marks");
    await told(4, 6, 6);
    await fixture.clock.advance(2_000);
    expect(fixture.server.take("marks")).not.toEqual([]);
    await counted(4, 4);
    expect(listed(fixture).unread).toBe(4);
    await fixture.clock.advance(60_000);
    expect(fixture.server.take("marks")).toEqual([]);
  });

  test("[HID4] what is rejected comes back; what waits is hidden after a reload without a network", async () => {
    const { fixture, ids, hide } = await withMessages(6);
    await hide(ids[4] ?? "");
    expect(listed(fixture).newest).toBe("message 4");
    await fixture.reject(RejectionCode.HIDDEN_FULL, "full");
    expect(listed(fixture)).toEqual({ unread: 5, newest: "message 5" });
    fixture.server.drop();
    fixture.server.accepts = false;
    await hide(ids[4] ?? "", ids[3] ?? "");
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(listed(again)).toEqual({ unread: 3, newest: "message 3" });
  });

  test("[HID2] with everything hidden there is nothing to show, and what comes then is shown", async () => {
    const { fixture, log, told } = await withMessages(6);
    const timeline = fixture.engine.openTimeline(group);
    await told(4, 2, 6);
    expect(timeline.get()).toMatchObject({ loaded: true });
    expect(timeline.get().rows.filter(({ kind }) => kind === "message")).toEqual([]);
    fixture.server.tell({ case: "event", value: { event: log.post(you, "news") } });
    await settled();
    expect(timeline.get().rows.filter(({ kind }) => kind === "message")).toHaveLength(1);
    expect(listed(fixture)).toEqual({ unread: 1, newest: "news" });
  });

  test("[HID5] [HID2] a conversation is cleared at once, without the server too, and stays so for what is written then", async () => {
    const { fixture, log, told } = await withMessages(6);
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const id = newId();
    await fixture.engine.clear(id, group, true);
    for (const settles of [false, true]) {
      if (settles) await told(4, 1, 6, id, true);
      expect(timeline.get()).toMatchObject({ rows: [], atOldest: true, loaded: true });
      expect(listed(fixture)).toEqual({ unread: 0, newest: undefined });
      expect((await fixture.engine.search(group, "message")).results).toEqual([]);
      expect(fixture.engine.conversations.get().conversations[0]?.unlisted).toBe(true);
    }
    fixture.server.tell({ case: "event", value: { event: log.post(you, "news") } });
    await settled();
    expect(timeline.get().rows.map(({ kind }) => kind)).toEqual(["message"]);
    await timeline.loadOlder();
    expect(timeline.get().rows).toHaveLength(1);
    expect(listed(fixture)).toEqual({ unread: 1, newest: "news" });
    expect(fixture.engine.conversations.get().conversations[0]?.unlisted).toBeUndefined();
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(listed(again)).toEqual({ unread: 1, newest: "news" });
  });

  test("[HID5] what waits to be posted brings a conversation back that was deleted", async () => {
    const { fixture } = await withMessages(6);
    await fixture.engine.clear(newId(), group, true);
    await fixture.engine.post({ id: newId(), conversation: group, text: "again", sentAt: 1 });
    await settled();
    expect(fixture.engine.conversations.get().conversations[0]).toMatchObject({ newest: { text: "again" } });
    expect(fixture.engine.conversations.get().conversations[0]?.unlisted).toBeUndefined();
  });

  test("[HID5] nothing is cleared where nothing is known to be", async () => {
    const { fixture } = await withMessages(6);
    expect(fixture.engine.clear(newId(), newId(), false)).rejects.toThrow("knows of nothing");
  });
});
