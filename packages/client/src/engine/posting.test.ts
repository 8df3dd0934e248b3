import { describe, expect, test } from "bun:test";
import { directConversationId, Encryption, limits, RejectionCode, RetryCode } from "@parley/protocol";
import type { Timeline } from "../api/engine.ts";
import type { MessageRow } from "../api/timeline-view.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

function messages(timeline: Timeline): readonly MessageRow[] {
  return timeline.get().rows.filter((row) => row.kind === "message");
}

function texts(timeline: Timeline): readonly string[] {
  return messages(timeline).map((row) => (row.body.kind === "text" ? row.body.text : row.body.kind));
}

async function post(fixture: EngineFixture, text: string, conversation = group): Promise<string> {
  const id = newId();
  await fixture.engine.post({ id, conversation, text, sentAt: fixture.clock.now() });
  await settled();
  return id;
}

test("[SYN5] a post is sending, then sent, then a row of the log, once", async () => {
  const { fixture, log } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "hello");
  const mine = (): readonly MessageRow[] => messages(timeline).filter((row) => row.id === id);
  expect(mine()).toMatchObject([{ ordinal: undefined, status: { kind: "sending" } }]);
  await fixture.acceptAll(5);
  expect(mine()).toMatchObject([{ ordinal: undefined, status: { kind: "sent" } }]);
  fixture.server.tell({ case: "event", value: { event: log.post(me, "hello", id) } });
  await settled();
  expect(mine()).toMatchObject([{ ordinal: 5, status: { kind: "sent" } }]);
  expect(timeline.get().rows).toHaveLength(5);
});

test("[LIMIT5] a text that is too long is refused as it is typed, as the server would count it", async () => {
  const { fixture } = await inGroup(1);
  const flowers = (count: number) => "🌼".repeat(count / 2);
  await post(fixture, flowers(limits.textCharacters));
  await expect(post(fixture, flowers(limits.textCharacters + 2))).rejects.toMatchObject({ code: "invalid" });
  expect(fixture.engine.conversations.get().pending).toBe(1);
});

test("[HST2] a post that is repeated after its verdict is there once, and waits for nothing", async () => {
  const { fixture, log } = await inGroup(3);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "hello");
  await fixture.acceptAll(5);
  fixture.server.tell({ case: "event", value: { event: log.post(me, "hello", id) } });
  await settled();
  expect(fixture.engine.conversations.get().pending).toBe(0);
  // The tab that asked was not answered: what ran the engine had ended.
  await fixture.engine.post({ id, conversation: group, text: "hello", sentAt: fixture.clock.now() });
  await settled();
  expect(messages(timeline).filter((row) => row.id === id)).toHaveLength(1);
  await fixture.acceptAll(5);
  expect(messages(timeline).filter((row) => row.id === id)).toHaveLength(1);
  expect(fixture.engine.conversations.get().pending).toBe(0);
});

test("[HST2] a group whose beginning is repeated after its verdict is the same group", async () => {
  const { fixture } = await inGroup(1);
  const id = newId();
  const begun = await fixture.engine.startGroup(id, [you], "Climbing");
  await settled();
  await fixture.acceptAll(1);
  expect(await fixture.engine.startGroup(id, [you], "Climbing")).toBe(begun);
});

test("[SYN5] an event settles a post whose verdict was lost", async () => {
  const { fixture, log } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "hello");
  fixture.server.tell({ case: "event", value: { event: log.post(me, "hello", id) } });
  await settled();
  expect(fixture.engine.conversations.get().pending).toBe(0);
  fixture.server.drop();
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.takeCommands().map(({ command }) => command.id)).toEqual([id]);
  expect(messages(timeline).filter((row) => row.id === id)).toHaveLength(1);
});

test("[SYN5] a page settles a post whose verdict was lost", async () => {
  const { fixture, log } = await inGroup(1);
  const id = await post(fixture, "hello");
  fixture.server.drop();
  log.post(me, "hello", id);
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  fixture.server.tell(log.reset(30));
  await settled();
  expect(fixture.engine.conversations.get().pending).toBe(0);
  expect(fixture.engine.conversations.get().conversations[0]?.newest).toMatchObject({ text: "hello", mine: true });
});

test("[ORD5] the first of a burst goes alone, then the window grows, each linked to the one before", async () => {
  const { fixture } = await inGroup(1);
  const ids: string[] = [];
  for (let index = 0; index < 5; index++) ids.push(await post(fixture, `burst ${index}`));
  const first = fixture.server.takeCommands();
  expect(first.map(({ command }) => command.id)).toEqual(ids.slice(0, 1));
  expect(first[0]?.order?.case).toBe("first");
  fixture.accept(first, 3);
  await settled();
  const next = fixture.server.takeCommands();
  expect(next.map(({ command }) => command.id)).toEqual(ids.slice(1, 3));
  expect(next.map(({ order }) => order?.value)).toEqual(ids.slice(0, 2));
});

test("[ORD3] after STALE the head is linked to the command named", async () => {
  const { fixture } = await inGroup(1);
  const id = await post(fixture, "one");
  const other = newId();
  fixture.server.takeCommands();
  fixture.server.tell({
    case: "answers",
    value: { answers: [{ id, outcome: { case: "stale", value: { last: other } } }] },
  });
  await settled();
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id }, order: { case: "after", value: other } }]);
});

test("[ORD4] after RETRY nothing is sent before the time given", async () => {
  const { fixture } = await inGroup(1);
  const id = await post(fixture, "one");
  fixture.server.takeCommands();
  const retry = { id, outcome: { case: "retry" as const, value: { code: 1, retryAfterMs: 5_000 } } };
  fixture.server.tell({ case: "answers", value: { answers: [retry] } });
  await fixture.clock.advance(4_999);
  expect(fixture.server.takeCommands()).toEqual([]);
  await fixture.clock.advance(1);
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
});

test("[CMD6] while the server puts commands off, the list says why, until it gives a verdict", async () => {
  const { fixture } = await inGroup(1);
  const holdUp = () => fixture.engine.conversations.get().holdUp;
  await post(fixture, "one");
  expect(holdUp()).toBeUndefined();
  for (let time = 0; time < 2; time++) {
    const [sent] = fixture.server.takeCommands();
    const id = sent?.command.id ?? "";
    const retry = { case: "retry" as const, value: { code: RetryCode.STORAGE_FULL, retryAfterMs: 5_000 } };
    fixture.server.tell({ case: "answers", value: { answers: [{ id, outcome: retry }] } });
    await settled();
    expect(holdUp()).toBe("storage-full");
    await fixture.clock.advance(5_000);
    expect(holdUp()).toBe("storage-full");
  }
  await fixture.acceptAll(3);
  expect(holdUp()).toBeUndefined();
});

test("[CMD6] without a connection the server holds nothing up", async () => {
  const { fixture } = await inGroup(1);
  const id = await post(fixture, "one");
  const retry = { case: "retry" as const, value: { code: RetryCode.SHUTTING_DOWN, retryAfterMs: 2_000 } };
  fixture.server.tell({ case: "answers", value: { answers: [{ id, outcome: retry }] } });
  await settled();
  expect(fixture.engine.conversations.get()).toMatchObject({ pending: 1, holdUp: "shutting-down" });
  fixture.server.drop();
  await settled();
  expect(fixture.engine.conversations.get()).toMatchObject({ pending: 1, holdUp: undefined });
});

test("[OUT1] what was typed offline is there after a restart, and sent", async () => {
  const { fixture: first, log } = await inGroup(1);
  first.server.drop();
  await settled();
  const id = await post(first, "typed offline");
  await first.engine.stop();
  const second = new EngineFixture(first.disk, first.clock);
  await second.engine.start();
  expect(second.engine.conversations.get().conversations[0]?.newest).toMatchObject({
    text: "typed offline",
    status: { kind: "sending" },
  });
  await settled();
  await second.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(second.server.takeCommands()).toMatchObject([{ command: { id } }]);
});

test("[OUT2] a rejected post says why, blocks nothing, and can be retried under a new id", async () => {
  const { fixture } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "no");
  await fixture.reject(RejectionCode.NOT_ALLOWED, "You may not.");
  expect(messages(timeline).at(-1)).toMatchObject({
    id,
    status: { kind: "failed", code: RejectionCode.NOT_ALLOWED, reason: "You may not." },
  });
  const later = await post(fixture, "yes");
  expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: later }, order: { value: id } }]);
  const retried = await fixture.engine.retry(id);
  expect(retried).not.toBe(id);
  expect(texts(timeline)).toEqual(["message 1", "yes", "no"]);
});

test("[OUT7] an edit of a rejected post falls with it, and its text is what is tried again", async () => {
  const { fixture } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "frist");
  await fixture.engine.edit(newId(), group, id, "first");
  await fixture.engine.react(newId(), group, id, "👍", true);
  await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
  expect(messages(timeline).at(-1)).toMatchObject({ id, status: { kind: "failed" }, body: { text: "first" } });
  expect(fixture.engine.conversations.get().pending).toBe(0);
  const retried = await fixture.engine.retry(id);
  expect(messages(timeline)).toHaveLength(2);
  expect(messages(timeline).at(-1)).toMatchObject({ id: retried, body: { text: "first" } });
});

test("[OUT2] a discarded failed post is gone with its edits", async () => {
  const { fixture } = await inGroup(1);
  const timeline = fixture.engine.openTimeline(group);
  const id = await post(fixture, "no");
  await fixture.engine.edit(newId(), group, id, "nope");
  await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
  await fixture.engine.discard(id);
  expect(texts(timeline)).toEqual(["message 1"]);
  expect(fixture.disk.image.state().outbox).toEqual([]);
});

test("[OUT2] a failed edit is shown on its message and discarded by the message's id", async () => {
  const { fixture, log } = await inGroup(1);
  const mine = log.post(me, "original");
  fixture.server.tell({ case: "event", value: { event: mine } });
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await fixture.engine.edit(newId(), group, mine.id, "changed");
  expect(texts(timeline).at(-1)).toBe("changed");
  await fixture.reject(RejectionCode.NOT_ALLOWED, "no");
  expect(messages(timeline).at(-1)).toMatchObject({ body: { text: "original" }, status: { kind: "failed" } });
  await fixture.engine.discard(mine.id);
  expect(messages(timeline).at(-1)).toMatchObject({ body: { text: "original" }, status: { kind: "sent" } });
});

describe("discarding", () => {
  test("[WDR1] a command that was never sent goes without a trace", async () => {
    const { fixture, log } = await inGroup(1);
    fixture.server.drop();
    await settled();
    const id = await post(fixture, "no");
    await fixture.engine.discard(id);
    expect(fixture.disk.image.state().outbox).toEqual([]);
    await fixture.clock.advance(2_000);
    await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    expect(fixture.server.takeCommands()).toEqual([]);
  });

  test("[WDR2] one that may have been sent is replaced by a Withdraw with its link", async () => {
    const { fixture } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(group);
    const first = await post(fixture, "first");
    await fixture.acceptAll(3);
    const id = await post(fixture, "no");
    fixture.server.takeCommands();
    await fixture.engine.discard(id);
    expect(texts(timeline)).toEqual(["message 1", "first"]);
    const [sent] = fixture.server.takeCommands();
    expect(sent?.command.body).toMatchObject({ case: "withdraw", value: { target: id } });
    expect(sent?.order).toMatchObject({ case: "after", value: first });
  });

  test("[WDR2] the message is hidden although its event still comes, until it is erased", async () => {
    const { fixture, log } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(group);
    const id = await post(fixture, "no");
    await fixture.engine.discard(id);
    fixture.server.tell({ case: "event", value: { event: log.post(me, "no", id) } });
    await settled();
    expect(texts(timeline)).toEqual(["message 1", "deleted"]);
    expect(fixture.engine.conversations.get().pending).toBe(1);
  });
});

describe("starting conversations", () => {
  const direct = directConversationId(me, you, Encryption.NONE);

  test("[OUT3] a post is held until the creation of its conversation is accepted", async () => {
    const { fixture } = await inGroup(1);
    const creation = newId();
    expect(await fixture.engine.startDirect(creation, you)).toBe(direct);
    const id = await post(fixture, "hi", direct);
    expect(fixture.server.takeCommands().map(({ command }) => command.id)).toEqual([creation]);
    const view = fixture.engine.conversations.get().conversations.find((each) => each.id === direct);
    expect(view).toMatchObject({ kind: "direct", title: "You", writable: true, newest: { text: "hi" } });
    fixture.server.tell({ case: "answers", value: { answers: [accepted(creation, direct, 1)] } });
    await settled();
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { id }, order: { value: creation } }]);
  });

  test("[OUT3] [OUT7] what waits for a creation fails with it, and is retried with it", async () => {
    const { fixture } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(direct);
    await fixture.engine.startDirect(newId(), you);
    const id = await post(fixture, "hi", direct);
    await fixture.reject(RejectionCode.GONE, "deleted");
    expect(messages(timeline)).toMatchObject([{ id, status: { kind: "failed", code: RejectionCode.DEPENDENCY } }]);
    await fixture.engine.retry(id);
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { body: { case: "create" } } }]);
  });

  test("[DER2] a conversation that the device knows is not created again", async () => {
    const { fixture } = await inGroup(1);
    await fixture.engine.startDirect(newId(), you);
    await fixture.engine.startDirect(newId(), you);
    expect(fixture.server.takeCommands()).toHaveLength(1);
  });

  test("starting a conversation whose creation failed tries it again", async () => {
    const { fixture } = await inGroup(1);
    await fixture.engine.startDirect(newId(), you);
    await fixture.reject(RejectionCode.GONE, "deleted");
    const again = newId();
    await fixture.engine.startDirect(again, you);
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: again, body: { case: "create" } } }]);
  });

  test("what could not be created is given up by the conversation's id", async () => {
    const { fixture } = await inGroup(1);
    await fixture.engine.startDirect(newId(), you);
    await post(fixture, "hi", direct);
    await fixture.reject(RejectionCode.GONE, "deleted");
    await fixture.engine.discard(direct);
    expect(fixture.engine.conversations.get().conversations.map(({ id }) => id)).toEqual([group]);
    expect(fixture.disk.image.state().outbox).toEqual([]);
  });

  test("a group has an id of its own, the same when asked again with the same command", async () => {
    const { fixture } = await inGroup(1);
    const creation = newId();
    const id = await fixture.engine.startGroup(creation, [you], "Climbing");
    expect(await fixture.engine.startGroup(creation, [you], "Climbing")).toBe(id);
    expect(fixture.engine.conversations.get().conversations.find((each) => each.id === id)).toMatchObject({
      title: "Climbing",
      memberCount: 2,
    });
  });
});

test("pending changes are folded onto what is held", async () => {
  const { fixture, log } = await inGroup(1);
  const mine = log.post(me, "mine");
  fixture.server.tell({ case: "event", value: { event: mine } });
  await settled();
  const timeline = fixture.engine.openTimeline(group);
  await fixture.engine.react(newId(), group, mine.id, "👍", true);
  await fixture.engine.setTitle(newId(), group, "New title");
  expect(messages(timeline).at(-1)).toMatchObject({ reactions: [{ emoji: "👍", count: 1, mine: true }] });
  expect(fixture.engine.conversations.get().conversations[0]?.title).toBe("New title");
  await fixture.engine.deleteMessage(newId(), group, mine.id);
  expect(texts(timeline)).toEqual(["message 1", "deleted"]);
});

test("a post that was never sent is rewritten by an edit", async () => {
  const { fixture, log } = await inGroup(1);
  fixture.server.drop();
  await settled();
  const id = await post(fixture, "tpyo");
  await fixture.engine.edit(newId(), group, id, "typo");
  await fixture.clock.advance(2_000);
  await fixture.welcome({ heads: [{ head: log.head, entryHead: log.entryHead }] });
  expect(fixture.server.takeCommands()).toMatchObject([
    { command: { id, body: { value: { content: { form: { value: { text: "typo" } } } } } } },
  ]);
  expect(fixture.engine.conversations.get().pending).toBe(1);
});

function accepted(id: string, log: string, seq: number) {
  const outcome = { case: "accepted" as const, value: { seq, receivedAt: 1 } };
  return { id, outcome: { case: "verdict" as const, value: { log, outcome } } };
}

test("what is out of bounds is refused, and nothing is queued", async () => {
  const { fixture } = await inGroup(1);
  await expect(fixture.engine.post({ id: newId(), conversation: group, text: "", sentAt: 1 })).rejects.toMatchObject({
    code: "invalid",
  });
  const wrongId = { id: "1", conversation: group, text: "x", sentAt: 1 };
  await expect(fixture.engine.post(wrongId)).rejects.toMatchObject({ code: "invalid" });
  await expect(fixture.engine.discard(newId())).rejects.toMatchObject({ code: "not-found" });
  expect(fixture.engine.conversations.get().pending).toBe(0);
  expect(fixture.engine.connection.get()).toEqual({ kind: "online" });
});
