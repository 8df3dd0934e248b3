import { describe, expect, test } from "bun:test";
import { directConversationId, Encryption, RejectionCode, RetryCode, threadConversationId } from "@parley/protocol";
import type { OutboxItem, OutboxView } from "../api/outbox-view.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";

const direct = directConversationId(me, you, Encryption.NONE);

async function post(fixture: EngineFixture, text: string, conversation = group): Promise<string> {
  const id = newId();
  await fixture.engine.post({ id, conversation, text, sentAt: fixture.clock.now() });
  await settled();
  return id;
}

/** The view once it was told what stays. */
async function outbox(fixture: EngineFixture): Promise<OutboxView> {
  await fixture.clock.advance(200);
  await settled();
  return fixture.engine.outbox.get();
}

function items(view: OutboxView, conversation = group): readonly OutboxItem[] {
  return view.groups.find(({ id }) => id === conversation)?.items ?? [];
}

describe("[OUT2] a rejected change", () => {
  test("of every kind is kept with its reason, is drawn no more, and blocks nothing", async () => {
    const { fixture, log } = await inGroup(1);
    const theirs = log.post(you, "theirs");
    fixture.server.tell({ case: "event", value: { event: theirs } });
    await settled();
    const timeline = fixture.engine.openTimeline(group);
    const { engine } = fixture;
    await engine.react(newId(), group, theirs.id, "👍", true);
    await engine.deleteMessage(newId(), group, theirs.id);
    await engine.setTitle(newId(), group, "Mine");
    await engine.addMembers(newId(), group, [you]);
    await engine.removeMembers(newId(), group, [you]);
    await engine.leave(newId(), group);
    expect(engine.conversations.get().conversations[0]?.writable).toBe(false);
    while (engine.conversations.get().pending > 0) await fixture.reject(RejectionCode.NOT_ALLOWED, "No.");
    const view = await outbox(fixture);
    expect(view).toMatchObject({ waiting: 0, failed: 6 });
    expect(items(view).map(({ what, state }) => [what.kind, state.kind])).toEqual([
      ["reaction", "failed"],
      ["delete", "failed"],
      ["title", "failed"],
      ["add-members", "failed"],
      ["remove-members", "failed"],
      ["leave", "failed"],
    ]);
    expect(items(view)[0]?.what).toEqual({ kind: "reaction", emoji: "👍", set: true, of: "theirs" });
    expect(items(view)[0]?.state).toEqual({ kind: "failed", code: RejectionCode.NOT_ALLOWED, reason: "No." });
    expect(engine.conversations.get().conversations[0]).toMatchObject({
      title: "Group",
      memberCount: 2,
      writable: true,
    });
    expect(timeline.get().rows.at(-1)).toMatchObject({ body: { text: "theirs" }, reactions: [], status: undefined });
    const later = await post(fixture, "later");
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { id: later } }]);
  });

  test("is queued again under a new id, or discarded for good", async () => {
    const { fixture } = await inGroup(1);
    const { engine } = fixture;
    const title = newId();
    await engine.setTitle(title, group, "Mine");
    await fixture.reject(RejectionCode.NOT_ALLOWED, "No.");
    const again = await engine.retry(title);
    expect(again).not.toBe(title);
    expect(fixture.server.takeCommands()).toMatchObject([
      { command: { id: again, body: { case: "setTitle", value: { title: "Mine" } } } },
    ]);
    fixture.server.drop();
    await settled();
    await engine.leave(newId(), group);
    expect((await outbox(fixture)).waiting).toBe(2);
  });

  test("is still there after a restart", async () => {
    const { fixture: first } = await inGroup(1);
    await first.engine.setTitle(newId(), group, "Mine");
    await first.reject(RejectionCode.NOT_ALLOWED, "No.");
    await first.engine.stop();
    const second = new EngineFixture(first.disk, first.clock);
    await second.engine.start();
    expect(await outbox(second)).toMatchObject({ waiting: 0, failed: 1 });
    const [item] = items(second.engine.outbox.get());
    await second.engine.discard(item?.id ?? "");
    expect((await outbox(second)).groups).toEqual([]);
    expect(second.disk.image.state().outbox).toEqual([]);
  });
});

describe("[OUT7] what depends on a rejected command", () => {
  test("falls with the message and says so; with the message it is tried again", async () => {
    const { fixture } = await inGroup(1);
    const timeline = fixture.engine.openTimeline(group);
    const { engine } = fixture;
    const id = await post(fixture, "frist");
    await engine.edit(newId(), group, id, "first");
    const reaction = newId();
    await engine.react(reaction, group, id, "👍", true);
    await engine.deleteMessage(newId(), group, id);
    await fixture.reject(RejectionCode.NOT_ALLOWED, "No.");
    const view = await outbox(fixture);
    expect(items(view).map(({ what, state }) => [what.kind, state.kind === "failed" && state.code])).toEqual([
      ["message", RejectionCode.NOT_ALLOWED],
      ["edit", RejectionCode.DEPENDENCY],
      ["reaction", RejectionCode.DEPENDENCY],
      ["delete", RejectionCode.DEPENDENCY],
    ]);
    expect(timeline.get().rows.at(-1)).toMatchObject({ body: { text: "first" }, reactions: [{ emoji: "👍" }] });
    // Asked for by one that fell: the message comes first.
    const again = await engine.retry(reaction);
    const sent = () => fixture.server.takeCommands().map(({ command }) => command.body);
    expect(sent()).toMatchObject([
      { case: "post", value: { content: { form: { value: { text: "first" } } } } },
      { case: "setReaction", value: { target: again } },
    ]);
    expect(items(await outbox(fixture)).map(({ what }) => what.kind)).toEqual(["message", "reaction"]);
    expect(timeline.get().rows.at(-1)).toMatchObject({ id: again, reactions: [{ emoji: "👍" }] });
  });

  test("is not queued once the message is rejected", async () => {
    const { fixture } = await inGroup(1);
    const id = await post(fixture, "no");
    await fixture.reject(RejectionCode.NOT_ALLOWED, "No.");
    await fixture.engine.react(newId(), group, id, "👍", true);
    expect(fixture.server.takeCommands()).toEqual([]);
    expect((await outbox(fixture)).failed).toBe(2);
  });

  test("falls where it goes elsewhere with a reply, and is tried again with that, once it has been accepted", async () => {
    const { fixture, log } = await inGroup(1);
    const place = { conversation: group, root: log.entries(2, 2)[0]?.id ?? "" };
    const thread = threadConversationId(group, place.root);
    const [id, alsoAs] = [newId(), newId()];
    const draft = { id, conversation: thread, text: "both", sentAt: fixture.clock.now(), thread: place, alsoAs };
    await fixture.engine.post(draft);
    await settled();
    await fixture.reject(RejectionCode.NOT_ALLOWED, "No.");
    // The thread could not be begun: so neither is in it, nor in the group.
    expect((await outbox(fixture)).failed).toBe(3);
    const again = new EngineFixture(fixture.disk, fixture.clock);
    await again.online({ heads: [{ head: log.head, entryHead: log.entryHead }] });
    await again.engine.retry(alsoAs);
    const view = await outbox(again);
    expect(view.failed).toBe(0);
    expect(items(view).map(({ what, state }) => [what.kind, state.kind])).toEqual([["message", "held"]]);
    expect(items(view, thread).map(({ what }) => what.kind)).toContain("message");
    again.server.takeCommands();
  });

  test("falls with the creation of its conversation, whole, and is tried again with it in its order", async () => {
    const { fixture } = await inGroup(1);
    const creation = newId();
    await fixture.engine.startDirect(creation, you);
    const id = await post(fixture, "one", direct);
    await post(fixture, "two", direct);
    await fixture.engine.react(newId(), direct, id, "👍", true);
    expect(items(await outbox(fixture), direct).map(({ state }) => state.kind)).toEqual([
      "waiting",
      "held",
      "held",
      "held",
    ]);
    await fixture.reject(RejectionCode.GONE, "Deleted.");
    expect(await outbox(fixture)).toMatchObject({ waiting: 0, failed: 4 });
    await fixture.engine.retry(creation);
    const kinds = items(await outbox(fixture), direct).map(({ what, state }) => [what.kind, state.kind]);
    expect(kinds).toEqual([
      ["create", "waiting"],
      ["message", "held"],
      ["reaction", "held"],
      ["message", "held"],
    ]);
  });
});

describe("[OUT5] queues are independent", () => {
  test("one that the server puts off holds up no other", async () => {
    const { fixture } = await inGroup(1);
    const id = await post(fixture, "put off");
    fixture.server.takeCommands();
    const retry = { case: "retry" as const, value: { code: RetryCode.UNAVAILABLE, retryAfterMs: 60_000 } };
    fixture.server.tell({ case: "answers", value: { answers: [{ id, outcome: retry }] } });
    await settled();
    await post(fixture, "behind it");
    expect(fixture.server.takeCommands()).toEqual([]);
    await fixture.engine.startDirect(newId(), you);
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { log: direct } }]);
    const view = await outbox(fixture);
    expect(view.groups.find((each) => each.id === group)?.why).toMatchObject({
      kind: "put-off",
      reason: "unavailable",
    });
    expect(view.groups.find((each) => each.id === direct)?.why).toEqual({ kind: "sending" });
  });

  test("one that is not answered at all holds up no other, however much waits in it", async () => {
    const { fixture } = await inGroup(1);
    for (let index = 0; index < 400; index++) await post(fixture, `message ${index}`);
    for (let round = 0; round < 6; round++) {
      fixture.accept(fixture.server.takeCommands(), 3 + round * 64);
      await settled();
    }
    expect(fixture.server.takeCommands().length).toBeGreaterThan(30);
    await fixture.engine.startDirect(newId(), you);
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { log: direct } }]);
  });

  test("a person who asks to try now does not wait until the time that the server gave", async () => {
    const { fixture } = await inGroup(1);
    const id = await post(fixture, "put off");
    fixture.server.takeCommands();
    const retry = { case: "retry" as const, value: { code: RetryCode.STORAGE_FULL, retryAfterMs: 60_000 } };
    fixture.server.tell({ case: "answers", value: { answers: [{ id, outcome: retry }] } });
    await settled();
    fixture.engine.reconnect();
    await settled();
    expect(fixture.server.takeCommands()).toMatchObject([{ command: { id } }]);
  });
});

describe("[OUT6] the view of the outbox", () => {
  test("says nothing of what is through in a moment", async () => {
    const { fixture } = await inGroup(1);
    let told = 0;
    fixture.engine.outbox.subscribe(() => told++);
    await post(fixture, "quick");
    await fixture.acceptAll(3);
    await outbox(fixture);
    expect(told).toBe(0);
  });

  test("counts everything and lists a bounded part", async () => {
    const { fixture } = await inGroup(1);
    fixture.server.drop();
    await settled();
    for (let index = 0; index < 30; index++) await post(fixture, `message ${index}`);
    await post(fixture, "x".repeat(5_000));
    const view = await outbox(fixture);
    expect(view).toMatchObject({ waiting: 31, failed: 0 });
    expect(view.groups[0]).toMatchObject({ id: group, waiting: 31 });
    expect(items(view)).toHaveLength(20);
    expect(items(view)[0]).toMatchObject({ what: { kind: "message", text: "message 0" }, possiblySent: false });
  });

  test("tells of a withdrawal until it is through", async () => {
    const { fixture } = await inGroup(1);
    const id = await post(fixture, "oops");
    await outbox(fixture);
    await fixture.engine.discard(id);
    expect(items(await outbox(fixture))).toMatchObject([{ what: { kind: "withdraw" } }]);
    await fixture.acceptAll(3);
    expect((await outbox(fixture)).groups).toEqual([]);
  });
});

test("[OUT1] what the store refuses is refused to who asked, and nothing of it is queued", async () => {
  const { fixture, log } = await inGroup(1);
  const [, message] = log.entries(1, 2);
  fixture.failsNext = true;
  const refused = fixture.engine.edit(newId(), group, message?.id ?? "", "changed");
  await expect(refused).rejects.toThrow();
  expect(fixture.engine.conversations.get().pending).toBe(0);
});

test("what waits in several conversations is looked up at once", async () => {
  const { fixture, log } = await inGroup(1);
  const [, theirs] = log.entries(1, 2);
  fixture.server.drop();
  await fixture.engine.react(newId(), group, theirs?.id ?? "", "👍", true);
  await fixture.engine.react(newId(), direct, newId(), "👍", true);
  fixture.reads.mostAtOnce = 0;
  expect((await outbox(fixture)).waiting).toBe(2);
  expect(fixture.reads.mostAtOnce).toBe(2);
});
