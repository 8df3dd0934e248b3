import { describe, expect, test } from "bun:test";
import { blockedConversation } from "@parley/log";
import { RejectionCode } from "@parley/protocol";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const elsewhere = "018f0000-0000-7000-8000-0000000000d1";

/** In a group with five messages by the other one, told that nothing is kept as of account head 3. */
async function withMessages(held = 6) {
  const { fixture, log } = await inGroup(5, held);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  const read = { conversation: group, unread: 5, asOf: log.head.seq, accountAsOf: 3 };
  const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead, read }];
  const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
  const serverTime = fixture.clock.now();
  fixture.server.tell({ case: "welcome", value: { ...shared, serverTime, accountHead: 3, preferences: {} } });
  await settled();
  const block = async (blocked: boolean) => {
    const id = newId();
    await fixture.engine.block(id, you, blocked);
    await settled();
    return id;
  };
  /** The group stands for the direct conversation where it is named as that. */
  const told = async (
    seq: number,
    blocked: boolean,
    of: { conversation?: string; ordinal?: number; id?: string } = {},
  ) => {
    const { conversation = elsewhere, ordinal = 0, id = newId() } = of;
    const run = !blocked && ordinal > 0 ? { hidden: { from: 7, to: ordinal } } : {};
    const value = { account: you, blocked, conversation, ordinal, seq: ordinal, ...run };
    fixture.server.tell({
      case: "accountEvent",
      value: { seq, id, receivedAt: 1, body: { case: "blockedSet", value } },
    });
    await settled();
  };
  return { fixture, log, block, told };
}

function listed({ engine }: EngineFixture) {
  const [one] = engine.conversations.get().conversations;
  return { unread: one?.unread, newest: one?.newest?.text };
}

function folded(fixture: EngineFixture, rows = fixture.engine.openTimeline(group)) {
  return rows.get().rows.flatMap((row) => (row.kind === "message" ? [row.folded === true] : []));
}

describe("blocked people", () => {
  test("[BLK1] [BLK4] [BLK5] who is blocked is folded at once, counts no more, and is settled by the event", async () => {
    const { fixture, block, told } = await withMessages();
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    expect(folded(fixture, timeline)).toEqual([false, false, false, false, false]);
    const id = await block(true);
    for (const settles of [false, true]) {
      if (settles) await told(4, true, { id });
      expect(folded(fixture, timeline)).toEqual([true, true, true, true, true]);
      expect(listed(fixture)).toEqual({ unread: 0, newest: "" });
      expect(fixture.engine.account.get().blocked?.map(({ account, displayName }) => [account, displayName])).toEqual([
        [you, "You"],
      ]);
      expect(timeline.get().members.map(({ blocked }) => blocked)).toEqual([undefined, true]);
      expect((await fixture.engine.search(group, "message")).results).toEqual([]);
    }
    await told(5, false);
    expect(folded(fixture, timeline)).toEqual([false, false, false, false, false]);
    expect(fixture.engine.account.get().blocked).toBeUndefined();
    expect(listed(fixture).newest).toBe("message 5");
  });

  test("[BLK1] what is rejected comes back; what waits is so after a reload without a network", async () => {
    const { fixture, block } = await withMessages();
    await block(true);
    await fixture.reject(RejectionCode.BLOCKED_FULL, "full");
    expect(listed(fixture)).toEqual({ unread: 5, newest: "message 5" });
    fixture.server.drop();
    fixture.server.accepts = false;
    await block(true);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(listed(again)).toEqual({ unread: 0, newest: "" });
    await again.engine.block(newId(), you, false);
    await settled();
    expect(listed(again)).toEqual({ unread: 5, newest: "message 5" });
  });

  test("[BLK5] where not all is held, the server counts again once it knows who is blocked", async () => {
    const { fixture, told } = await withMessages(2);
    const counted = async (unread: number, accountAsOf: number) => {
      const state = { conversation: group, unread, read: 0, delivered: 6, asOf: 6, accountAsOf };
      fixture.server.tell({ case: "registers", value: { readStates: [state] } });
      await settled();
    };
    await counted(5, 3);
    fixture.server.take("marks");
    await told(4, true);
    await fixture.clock.advance(2_000);
    expect(fixture.server.take("marks")).not.toEqual([]);
    await counted(0, 4);
    expect(listed(fixture).unread).toBe(0);
    await fixture.clock.advance(60_000);
    expect(fixture.server.take("marks")).toEqual([]);
  });

  test("[BLK2] [BLK3] a conversation is cut where the event says: held, not drawn, not marked, and hidden for good", async () => {
    const { fixture, log, told } = await withMessages();
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const texts = () =>
      timeline.get().rows.flatMap((row) => (row.kind === "message" && row.body.kind === "text" ? [row.body.text] : []));
    const before = ["message 1", "message 2", "message 3", "message 4", "message 5"];
    await told(4, true, { conversation: group, ordinal: 6 });
    await fixture.clock.advance(2_000);
    fixture.server.take("marks");
    for (let count = 0; count < 3; count++) {
      fixture.server.tell({ case: "event", value: { event: log.post(you, "not to be seen") } });
    }
    await settled();
    expect(texts()).toEqual(before);
    expect(timeline.get()).toMatchObject({ atNewest: true, entryHead: 6 });
    expect(listed(fixture)).toEqual({ unread: 0, newest: "message 5" });
    const image = fixture.disk.image.state().conversations.find(({ id }) => id === group);
    expect([image?.entryHead, image?.head.seq]).toEqual([9, 9]);
    await fixture.clock.advance(2_000);
    const marks = fixture.server.take("marks").flatMap(({ updates }) => updates.map(({ delivered }) => delivered));
    expect(marks.filter((delivered) => delivered > 6)).toEqual([]);
    await told(5, false, { conversation: group, ordinal: 9 });
    fixture.server.tell({ case: "event", value: { event: log.post(you, "news") } });
    await settled();
    expect(texts()).toEqual([...before, "news"]);
    await fixture.clock.advance(2_000);
    expect(fixture.server.take("marks").at(-1)?.updates[0]?.delivered).toBe(10);
  });

  test("[BLK3] an older message that is edited since is folded there, others are drawn as ever", async () => {
    const { fixture, log, told } = await withMessages();
    const timeline = fixture.engine.openTimeline(group);
    await told(4, true, { conversation: group, ordinal: 6 });
    expect(folded(fixture, timeline)).toEqual([false, false, false, false, false]);
    const target = log.entries(3, 3)[0]?.id ?? "";
    const content = { form: { case: "plain", value: { text: "edited" } } } as const;
    fixture.server.tell({
      case: "event",
      value: { event: log.add(you, { case: "edited", value: { target, content } }) },
    });
    await settled();
    expect(folded(fixture, timeline)).toEqual([false, true, false, false, false]);
  });

  test("[BLK7] [OUT3] what is written to somebody who is blocked no more waits until the server knows that", async () => {
    const { fixture, told } = await withMessages();
    await told(4, true);
    const direct = blockedConversation(me, you);
    await fixture.engine.startDirect(newId(), you);
    await fixture.acceptAll(1);
    fixture.server.takeCommands();
    await fixture.engine.block(newId(), you, false);
    await fixture.engine.post({ id: newId(), conversation: direct, text: "again", sentAt: fixture.clock.now() });
    await settled();
    const [unblock, ...others] = fixture.server.takeCommands();
    expect([unblock?.command.body.case, others.length]).toEqual(["setBlocked", 0]);
    fixture.accept(unblock === undefined ? [] : [unblock], 5);
    await settled();
    expect(fixture.server.takeCommands().map(({ command }) => command.body.case)).toEqual(["post"]);
  });
});
