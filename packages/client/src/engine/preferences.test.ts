import { describe, expect, test } from "bun:test";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type AccountPreferencesSchema, limits, RejectionCode } from "@parley/protocol";
import type { PreferenceChange } from "../api/preference-change.ts";
import { EngineFixture, group, me, newId, you } from "../testing/engine-fixture.ts";
import { inGroup } from "../testing/in-group.ts";
import { settled } from "../testing/manual-clock.ts";
import type { PreferenceSettingInit } from "./command-body.ts";

const MINUTE = 60_000;
const nothing = { pinned: false, mutedUntil: 0, archived: false };

/** In a group, and told that nothing is set, as of account head 3. */
async function inQuietGroup() {
  const { fixture, log } = await inGroup(2);
  fixture.server.drop();
  await fixture.clock.advance(1_000);
  const welcome = (preferences: MessageInitShape<typeof AccountPreferencesSchema>, accountHead: number) => {
    const conversations = [{ head: { conversation: group, ...log.head }, entryHead: log.entryHead }];
    const shared = { account: me, device: "", incarnation: "one", credit: 64, heartbeatMs: 30_000, conversations };
    fixture.server.tell({
      case: "welcome",
      value: { ...shared, serverTime: fixture.clock.now(), accountHead, preferences },
    });
    return settled();
  };
  const hellos = fixture.server.take("hello");
  await welcome({ conversations: [] }, 3);
  const prefer = async (change: PreferenceChange, id = newId()) => {
    await fixture.engine.prefer(id, group, change);
    await settled();
    return id;
  };
  const set = async (seq: number, setting: PreferenceSettingInit, id = newId()) => {
    const body = { case: "preferenceSet", value: { conversation: group, setting } } as const;
    fixture.server.tell({ case: "accountEvent", value: { seq, id, receivedAt: 1, body } });
    await settled();
  };
  return { fixture, log, welcome, prefer, set, hellos };
}

/** Whether the group is marked as unread, and how much in it is. */
function unread(fixture: EngineFixture) {
  const [one] = fixture.engine.conversations.get().conversations;
  return [one?.markedUnread ?? false, one?.unread];
}

function shown(fixture: EngineFixture) {
  const [one] = fixture.engine.conversations.get().conversations;
  return { pinned: one?.pinned, mutedUntil: one?.mutedUntil, archived: one?.archived };
}

describe("preferences", () => {
  test("[PRF5] what is set is shown at once, sent as a command to the account's log, and settled by its event", async () => {
    const { fixture, prefer, set } = await inQuietGroup();
    const id = await prefer({ kind: "pin", pinned: true });
    expect(shown(fixture)).toEqual({ ...nothing, pinned: true });
    const sent = fixture.server.takeCommands();
    expect(sent.map(({ command }) => [command.id, command.log, command.body])).toMatchObject([
      [id, me, { case: "setPreference", value: { conversation: group, setting: { case: "pinned", value: true } } }],
    ]);
    await set(4, { case: "pinned", value: true }, id);
    expect(fixture.engine.conversations.get().pending).toBe(0);
    expect(shown(fixture)).toEqual({ ...nothing, pinned: true });
    expect(fixture.disk.image.state().meta).toMatchObject({
      accountHead: 4,
      preferences: [{ conversation: group, pinned: true }],
    });
  });

  test("[PRF6] a conversation that is marked as unread stays so while it is read on, until a device says that it is read", async () => {
    const { fixture, log, prefer, set } = await inQuietGroup();
    const [, before] = unread(fixture);
    const id = await prefer({ kind: "mark-unread", unread: true });
    expect(unread(fixture)).toEqual([true, before]);
    expect(fixture.server.takeCommands()).toMatchObject([
      { command: { body: { value: { setting: { case: "markedUnread", value: true } } } } },
    ]);
    await set(4, { case: "markedUnread", value: true }, id);
    fixture.engine.markRead(group, log.entryHead);
    await settled();
    expect(unread(fixture)).toEqual([true, 0]);
    await set(5, { case: "markedUnread", value: false });
    expect(unread(fixture)).toEqual([false, 0]);
  });

  test("[PRF5] also after a reload without a network", async () => {
    const { fixture, prefer } = await inQuietGroup();
    fixture.server.drop();
    fixture.server.accepts = false;
    await prefer({ kind: "archive", archived: true });
    const again = new EngineFixture(fixture.disk, fixture.clock);
    again.server.accepts = false;
    await again.engine.start();
    expect(shown(again)).toEqual({ ...nothing, archived: true });
  });

  test("[PRF5] what is accepted is shown until its event comes, and what is rejected no more", async () => {
    const { fixture, prefer } = await inQuietGroup();
    await prefer({ kind: "pin", pinned: true });
    await fixture.acceptAll(5);
    expect(shown(fixture).pinned).toBe(true);
    await prefer({ kind: "archive", archived: true });
    await fixture.reject(RejectionCode.PINS_FULL, "full");
    expect(shown(fixture)).toEqual({ ...nothing, pinned: true });
    await fixture.clock.advance(1_000);
    expect(fixture.engine.outbox.get().groups).toMatchObject([
      { id: me, failed: 1, items: [{ what: { kind: "preference", of: group, what: "archive" } }] },
    ]);
  });

  test("[PRF1] the account log decides: an event that is held already changes nothing", async () => {
    const { fixture, set } = await inQuietGroup();
    await set(4, { case: "pinned", value: true });
    await set(5, { case: "pinned", value: false });
    await set(4, { case: "pinned", value: true });
    await set(6, { case: "mutedUntil", value: limits.mutedForGood });
    expect(shown(fixture)).toEqual({ ...nothing, mutedUntil: Number.POSITIVE_INFINITY });
  });

  test("[PRF3] a mute ends by itself, by the server's clock", async () => {
    const { fixture, prefer, set } = await inQuietGroup();
    const until = fixture.clock.now() + 90 * MINUTE;
    await prefer({ kind: "mute", until });
    const [sent] = fixture.server.takeCommands();
    expect(sent?.command.body).toMatchObject({ value: { setting: { case: "mutedUntil", value: until } } });
    await set(4, { case: "mutedUntil", value: until }, sent?.command.id);
    await fixture.clock.advance(89 * MINUTE);
    expect(shown(fixture).mutedUntil).toBe(until);
    await fixture.clock.advance(2 * MINUTE);
    expect(shown(fixture)).toEqual(nothing);
  });

  test("[PRF3] what is archived comes back with its next entry, unless it is muted", async () => {
    const { fixture, log, set } = await inQuietGroup();
    await set(4, { case: "archivedUpTo", value: log.entryHead });
    await set(5, { case: "mutedUntil", value: limits.mutedForGood });
    fixture.server.tell({ case: "event", value: { event: log.post(you, "news") } });
    await settled();
    expect(shown(fixture).archived).toBe(true);
    await set(6, { case: "mutedUntil", value: 0 });
    expect(shown(fixture).archived).toBe(false);
  });

  test("[PRF4] a store from before says that it knows nothing; then the account head", async () => {
    const { fixture, hellos } = await inQuietGroup();
    expect(hellos.map(({ accountHead }) => accountHead)).toEqual([0]);
    fixture.server.drop();
    await fixture.clock.advance(1_000);
    expect(fixture.server.take("hello").map(({ accountHead }) => accountHead)).toEqual([3]);
  });

  test("[PRF4] what a Welcome tells takes the place of what was held", async () => {
    const { fixture, set, welcome } = await inQuietGroup();
    await set(4, { case: "pinned", value: true });
    fixture.server.drop();
    await fixture.clock.advance(1_000);
    await welcome({ conversations: [{ conversation: group, archivedUpTo: 99 }] }, 2);
    expect(shown(fixture)).toEqual({ ...nothing, archived: true });
    expect(fixture.disk.image.state().meta?.accountHead).toBe(2);
  });

  test("[INC2] where the account log has lost what was acknowledged, the server is asked, and given it again", async () => {
    const { fixture, prefer, set, welcome } = await inQuietGroup();
    const id = await prefer({ kind: "pin", pinned: true });
    await fixture.acceptAll(4);
    await set(4, { case: "pinned", value: true }, id);
    fixture.server.drop();
    await fixture.clock.advance(1_000);
    await welcome({ conversations: [] }, 3);
    const [asked] = fixture.server.take("request");
    expect(asked?.question).toMatchObject({ case: "verdicts", value: { log: me, ids: [id] } });
    fixture.server.tell({
      case: "response",
      value: { id: asked?.id ?? 0, answer: { case: "verdicts", value: { answers: [] } } },
    });
    await settled();
    expect(fixture.server.takeCommands().map(({ command }) => command.id)).toEqual([id]);
    expect(shown(fixture).pinned).toBe(true);
  });

  test("[OUT3] what is set of a conversation that waits to be created is held for it, and goes with it", async () => {
    const { fixture } = await inQuietGroup();
    fixture.server.drop();
    fixture.server.accepts = false;
    const creation = newId();
    const direct = await fixture.engine.startDirect(creation, newId());
    await fixture.engine.prefer(newId(), direct, { kind: "pin", pinned: true });
    expect(
      fixture.disk.image
        .state()
        .outbox.map(({ state }) => state.kind)
        .sort(),
    ).toEqual(["held", "queued"]);
    await fixture.engine.discard(creation);
    expect(fixture.disk.image.state().outbox).toEqual([]);
  });
});
