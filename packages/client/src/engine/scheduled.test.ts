import { describe, expect, test } from "bun:test";
import { RejectionCode } from "@parley/protocol";
import { EngineFixture, group, me, newId } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

/** In a group, told that nothing is scheduled as of account head 3. */
async function inPlace() {
  const { fixture, log } = await inGroup(1, 1);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  fixture.server.take("hello");
  const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead }];
  const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
  fixture.server.tell({
    case: "welcome",
    value: { ...shared, serverTime: fixture.clock.now(), accountHead: 3, preferences: {} },
  });
  await settled();
  const at = fixture.clock.now() + 3_600_000;
  const schedule = async (text: string, draft?: string) => {
    const id = newId();
    await fixture.engine.schedule({ id, conversation: group, text, at, draft });
    await settled();
    return id;
  };
  const shown = () => fixture.engine.account.get().scheduled;
  return { fixture, at, schedule, shown };
}

const contentOf = (text: string) => ({ form: { case: "plain", value: { text } } }) as const;

describe("scheduled messages", () => {
  test("[SCH3] it is shown at once, ends its draft, goes to the account's log, and is settled by the event", async () => {
    const { fixture, at, schedule, shown } = await inPlace();
    await fixture.engine.saveDraft(group, "later");
    const id = await schedule("later", "later");
    expect(shown()).toEqual([{ id, conversation: group, text: "later", at, state: "unsent" }]);
    expect(await fixture.engine.draft(group)).toBe("");
    const [sent] = fixture.server.takeCommands();
    expect(sent?.command).toMatchObject({ id, log: me, body: { case: "scheduleMessage", value: { at } } });
    const value = { target: id, conversation: group, at, content: contentOf("later") };
    fixture.server.tell({ case: "accountEvent", value: { seq: 4, id, body: { case: "messageScheduled", value } } });
    await settled();
    expect(shown()).toEqual([{ id, conversation: group, text: "later", at, state: "waiting" }]);
    expect(fixture.disk.image.state().meta?.scheduled).toHaveLength(1);
    const ended = { case: "scheduledEnded", value: { target: id, posted: true } } as const;
    fixture.server.tell({ case: "accountEvent", value: { seq: 5, id: newId(), body: ended } });
    await settled();
    expect(shown()).toBeUndefined();
  });

  test("[SCH3] without a network it is changed and cancelled here, also after a reload", async () => {
    const { fixture, at, schedule, shown } = await inPlace();
    fixture.server.drop();
    fixture.server.accepts = false;
    const [one, other] = [await schedule("one"), await schedule("other")];
    await fixture.engine.changeScheduled(newId(), one, "changed", at + 60_000);
    await fixture.engine.cancelScheduled(newId(), other);
    await settled();
    const expected = [{ id: one, conversation: group, text: "changed", at: at + 60_000, state: "unsent" }] as const;
    expect(shown()).toEqual([...expected]);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(again.engine.account.get().scheduled).toEqual([...expected]);
  });

  test("[SCH4] what failed is told as that, with its text, and waits again once it is changed", async () => {
    const { fixture, at, schedule, shown } = await inPlace();
    const id = await schedule("too late");
    const value = { target: id, conversation: group, at, content: contentOf("too late") };
    fixture.server.tell({ case: "accountEvent", value: { seq: 4, id, body: { case: "messageScheduled", value } } });
    const failed = { case: "scheduledFailed", value: { target: id, rejection: RejectionCode.NOT_MEMBER } } as const;
    fixture.server.tell({ case: "accountEvent", value: { seq: 5, id: newId(), body: failed } });
    await settled();
    expect(shown()?.map(({ text, state }) => [text, state])).toEqual([["too late", "not-member"]]);
    await fixture.engine.changeScheduled(newId(), id, "too late", at);
    await settled();
    expect(shown()?.map(({ state }) => state)).toEqual(["unsent"]);
  });

  test("[OUT7] changes to one that was rejected fall with it", async () => {
    const { fixture, at, schedule, shown } = await inPlace();
    const id = await schedule("one too many");
    await fixture.engine.changeScheduled(newId(), id, "and longer", at);
    await fixture.reject(RejectionCode.SCHEDULED_FULL, "full");
    await fixture.clock.advance(2_000);
    expect(shown()).toBeUndefined();
    expect(fixture.engine.outbox.get().failed).toBe(2);
    await fixture.engine.retry(id);
    await fixture.clock.advance(2_000);
    expect(shown()?.map(({ text }) => text)).toEqual(["and longer"]);
    expect(fixture.engine.outbox.get().failed).toBe(0);
  });

  test("an event of what waits no more says nothing, and is followed by one that says so", async () => {
    const { fixture, at, shown } = await inPlace();
    const value = { target: newId(), conversation: group, at };
    fixture.server.tell({
      case: "accountEvent",
      value: { seq: 4, id: newId(), body: { case: "messageScheduled", value } },
    });
    await settled();
    expect(shown()).toBeUndefined();
  });
});
