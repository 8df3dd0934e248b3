import { describe, expect, test } from "bun:test";
import { ConversationKind, RejectionCode, RequestAnswer } from "@parley/protocol";
import type { ConversationView } from "../api/conversation-list-view.ts";
import { EngineFixture, group, me, newId, SampleLog, you } from "../testing/engine-fixture.ts";
import { settled } from "../testing/manual-clock.ts";

/** A conversation that a stranger has begun with a message, or that one has begun oneself. */
async function requested(by = you) {
  const fixture = new EngineFixture();
  const log = new SampleLog(by, { kind: ConversationKind.DIRECT, members: [me, you], request: true });
  log.post(by, "Hello");
  const unread = by === me ? 0 : 1;
  await fixture.online({ heads: [{ head: log.head, entryHead: log.entryHead, unread }], preferences: {} });
  fixture.server.tell(log.reset(30, { unread }));
  await settled();
  const shown = (): Partial<ConversationView> => fixture.engine.conversations.get().conversations[0] ?? {};
  return { fixture, log, shown };
}

function answered(value: RequestAnswer, id: string) {
  const setting = { case: "requestAnswer", value } as const;
  const body = { case: "preferenceSet", value: { conversation: group, setting } } as const;
  return { case: "accountEvent", value: { seq: 1, id, receivedAt: 1, body } } as const;
}

describe("a message request", () => {
  test("[REQ5] is neither unread nor told in the list, and nobody is told that it was read", async () => {
    const { fixture, shown } = await requested();
    expect(shown()).toMatchObject({ request: "open", unread: 0, mentions: 0, newest: undefined });
    fixture.engine.markRead(group, 2);
    await settled();
    await fixture.clock.advance(60_000);
    const told = fixture.server.take("marks").flatMap(({ updates }) => updates);
    expect(told.filter(({ delivered, read }) => delivered > 0 || read > 0)).toEqual([]);
  });

  test("[REQ4] is accepted at once, and told once the server knows", async () => {
    const { fixture, shown } = await requested();
    const id = newId();
    await fixture.engine.prefer(id, group, { kind: "answer-request", accept: true });
    await settled();
    expect(shown()).toMatchObject({ unread: 1, newest: { text: "Hello" } });
    expect(shown().request).toBeUndefined();
    await fixture.clock.advance(5_000);
    expect(fixture.server.take("marks").flatMap(({ updates }) => updates)).toEqual([]);
    fixture.server.tell(answered(RequestAnswer.ACCEPTED, id));
    await settled();
    await fixture.clock.advance(5_000);
    expect(fixture.server.take("marks").at(-1)?.updates).toMatchObject([{ conversation: group, delivered: 2 }]);
  });

  test("[REQ4] is declined and answered all the same", async () => {
    const { fixture, log, shown } = await requested();
    await fixture.engine.prefer(newId(), group, { kind: "answer-request", accept: false });
    await settled();
    expect(shown().request).toBe("declined");
    const id = newId();
    await fixture.engine.post({ id, conversation: group, text: "Hello?", sentAt: 1 });
    await settled();
    expect(shown().request).toBeUndefined();
    fixture.server.tell({ case: "event", value: { event: log.post(me, "Hello?", id) } });
    await settled();
    expect(shown()).toMatchObject({ newest: { text: "Hello?" } });
    expect(shown().request).toBeUndefined();
  });

  test("[REQ4] is not accepted by an answer that was rejected", async () => {
    const { fixture, shown } = await requested();
    await fixture.engine.post({ id: newId(), conversation: group, text: "Hello?", sentAt: 1 });
    await settled();
    expect(shown().request).toBeUndefined();
    await fixture.reject(RejectionCode.PERSON_BLOCKED, "blocked");
    await fixture.clock.advance(1_000);
    expect(shown().request).toBe("open");
  });

  test("[REQ2] of one's own waits until something was received, and what is too much is explained", async () => {
    const { fixture, shown } = await requested(me);
    expect(shown().request).toBe("sent");
    await fixture.engine.post({ id: newId(), conversation: group, text: "Hello?", sentAt: 1 });
    await settled();
    await fixture.reject(RejectionCode.REQUEST_WAITS, "waits");
    await fixture.clock.advance(1_000);
    expect(fixture.engine.outbox.get().groups).toMatchObject([{ id: group, failed: 1 }]);
    const memberMarks = [{ conversation: group, account: you, delivered: 2 }];
    fixture.server.tell({ case: "registers", value: { memberMarks } });
    await settled();
    expect(shown().request).toBeUndefined();
  });
});
