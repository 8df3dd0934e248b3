import { describe, expect, test } from "bun:test";
import { ReminderEnd } from "@parley/protocol";
import type { MessageRow } from "../api/timeline-view.ts";
import { EngineFixture, group, me, newId } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** In a group with two messages, told that no reminder is set as of account head 3. */
async function inPlace() {
  const { fixture, log } = await inGroup(2, 2);
  const [message = ""] = log.entries(2, 3).map(({ id }) => id);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  fixture.server.take("hello");
  const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead }];
  const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
  const serverTime = fixture.clock.now();
  fixture.server.tell({ case: "welcome", value: { ...shared, serverTime, accountHead: 3, preferences: {} } });
  await settled();
  const at = fixture.clock.now() + 3_600_000;
  const place = { conversation: group, message };
  const tell = async (seq: number, body: Parameters<typeof said>[1], id = newId()) => {
    fixture.server.tell(said(seq, body, id));
    await settled();
  };
  const shown = () => fixture.engine.account.get().reminders;
  return { fixture, at, place, tell, shown };
}

type Told = Extract<Parameters<EngineFixture["server"]["tell"]>[0], { case: "accountEvent" }>;

function said(seq: number, body: NonNullable<Told["value"]["body"]>, id: string): Told {
  return { case: "accountEvent", value: { seq, id, body } };
}

describe("reminders", () => {
  test("[REM3] it is shown at once, goes to the account's log, and is settled by the event", async () => {
    const { fixture, at, place, tell, shown } = await inPlace();
    const timeline = fixture.engine.openTimeline(group);
    await settled();
    const rows = () => timeline.get().rows.filter((row): row is MessageRow => row.kind === "message");
    const id = newId();
    await fixture.engine.remind(id, group, place.message, at);
    await settled();
    expect(shown()).toEqual([{ ...place, ordinal: undefined, at, state: "unsent" }]);
    expect(rows().map(({ reminder }) => reminder)).toEqual([{ at, due: false }, undefined]);
    const [sent] = fixture.server.takeCommands();
    expect(sent?.command).toMatchObject({ id, log: me, body: { case: "setReminder", value: { ...place, at } } });
    await tell(4, { case: "reminderSet", value: { ...place, at, ordinal: 2 } }, id);
    expect(shown()).toEqual([{ ...place, ordinal: 2, at, state: "upcoming" }]);
    await tell(5, { case: "reminderDue", value: place });
    expect(shown()).toEqual([{ ...place, ordinal: 2, at, state: "due" }]);
    expect(rows()[0]?.reminder).toEqual({ at, due: true });
    expect(fixture.disk.image.state().meta?.reminders).toMatchObject([{ ...place, due: true }]);
  });

  test("[REM3] without a network it is set anew and ended here, also after a reload", async () => {
    const { fixture, at, place, tell, shown } = await inPlace();
    await tell(4, { case: "reminderSet", value: { ...place, at, ordinal: 2 } });
    await tell(5, { case: "reminderDue", value: place });
    fixture.server.drop();
    fixture.server.accepts = false;
    await fixture.engine.remind(newId(), group, place.message, at + 60_000);
    await settled();
    const expected = [{ ...place, ordinal: 2, at: at + 60_000, state: "unsent" }] as const;
    expect(shown()).toEqual([...expected]);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(again.engine.account.get().reminders).toEqual([...expected]);
    await again.engine.clearReminder(newId(), group, place.message);
    await settled();
    expect(again.engine.account.get().reminders).toBeUndefined();
  });

  test("[REM4] what ends by itself is gone, and says why; what one has ended says nothing", async () => {
    const { fixture, at, place, tell, shown } = await inPlace();
    const lost = () => fixture.engine.account.get().lostReminders;
    for (const [seq, why] of [
      [4, ReminderEnd.CLEARED],
      [6, ReminderEnd.DELETED],
    ] as const) {
      await tell(seq, { case: "reminderSet", value: { ...place, at, ordinal: 2, parent: "p", root: "r" } });
      expect(shown()).toMatchObject([{ thread: { conversation: "p", root: "r" } }]);
      await tell(seq + 1, { case: "reminderEnded", value: { reminders: [place], why } });
      expect(shown()).toBeUndefined();
      expect(lost()).toEqual(why === ReminderEnd.DELETED ? { seq: 7, count: 1, why: "deleted" } : undefined);
    }
  });

  test("[REM5] what a message says is read when it is asked for", async () => {
    const { fixture, place } = await inPlace();
    const [read] = await fixture.engine.messagesAt([place]);
    expect(read).toMatchObject({ conversation: group, id: place.message, what: { kind: "message", ordinal: 2 } });
  });
});
