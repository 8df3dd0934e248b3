import { describe, expect, test } from "bun:test";
import { type ConnectionView, EngineError, type OutboxItem, type OutboxView } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { Notices } from "../../notices/view-model/notices.ts";
import { OutboxViewModel } from "./outbox-view-model.ts";

const clock = new ManualClock();

function item(changes: Partial<OutboxItem>): OutboxItem {
  return {
    id: "1",
    what: { kind: "message", text: "hello" },
    at: clock.now(),
    possiblySent: false,
    state: { kind: "waiting" },
    ...changes,
  };
}

function show(items: readonly OutboxItem[], why: OutboxView["groups"][number]["why"] = { kind: "sending" }) {
  const failed = items.filter(({ state }) => state.kind === "failed").length;
  const waiting = items.length - failed;
  const groups = [{ id: "c", waiting, failed, why, items }];
  const outbox = new ObservedValue<OutboxView>({ waiting, failed, groups });
  const connection = new ObservedValue<ConnectionView>({ kind: "online" });
  const conversations = new ObservedValue({ loaded: true, pending: 0, holdUp: undefined, conversations: [] });
  const account = new ObservedValue({ account: "me", userName: "me", displayName: "Me" });
  const done: string[] = [];
  const act = (name: string, id: string) => {
    done.push(`${name} ${id}`);
    if (id === "gone") throw new EngineError("not-found", "No such command on this device.");
    if (id === "broken") throw new Error("The disk is full.");
  };
  const retry = async (id: string) => {
    act("retry", id);
    return id;
  };
  const discard = async (id: string) => act("discard", id);
  const notices = new Notices(clock);
  const model = new OutboxViewModel({
    engine: { account, outbox, connection, conversations, retry, discard, reconnect: () => {} },
    now: () => clock.now(),
    texts: en,
    format: new TimeFormat(en, "en-GB", () => "UTC"),
    notices,
  });
  return { model, outbox, connection, done, notices, group: () => model.get().groups[0] };
}

describe("[OUT6] what waits", () => {
  test("is put into words, whatever it is", () => {
    const deeds: readonly OutboxItem["what"][] = [
      { kind: "message", text: "hello" },
      { kind: "edit", text: "hullo" },
      { kind: "delete", of: "hello" },
      { kind: "withdraw", of: "" },
      { kind: "reaction", emoji: "👍", set: true, of: "hello" },
      { kind: "reaction", emoji: "👍", set: false, of: "" },
      { kind: "create", title: "", names: [] },
      { kind: "create", title: "Climbing", names: [] },
      { kind: "add-members", names: ["Ada", ""] },
      { kind: "remove-members", names: ["Ada"] },
      { kind: "leave" },
      { kind: "title", title: "Climbers" },
      { kind: "preference", of: "c", what: "pin" },
      { kind: "other" },
    ];
    const { group } = show(deeds.map((what, index) => item({ id: String(index), what })));
    expect(group()?.lines.map(({ text }) => text)).toEqual([
      "Message: hello",
      "Edit a message to: hullo",
      "Delete “hello”",
      "Take something back",
      "Reaction 👍 to “hello”",
      "Remove 👍 from a message",
      "Start the conversation",
      "Create the group “Climbing”",
      "Add Ada and Somebody",
      "Remove Ada",
      "Leave the group",
      "Name the group “Climbers”",
      "Pin “A conversation”",
      "A change made by a newer Parley",
    ]);
    expect(
      group()
        ?.lines.map(({ final }) => final)
        .filter(Boolean),
    ).toHaveLength(1);
  });

  test("says why: the connection first, then what the server asked for", () => {
    const until = Date.UTC(2026, 4, 1, 14, 5);
    const { group, connection } = show([item({})], { kind: "put-off", reason: "storage-full", until });
    expect(group()?.wait).toContain("The server’s disk is full. Next try at");
    connection.set({ kind: "offline" });
    expect(group()?.wait).toBe(en.outbox.waits.network);
    connection.set({ kind: "signed-out" });
    expect(group()?.wait).toBe(en.outbox.waits.signedOut);
    expect(show([item({ state: { kind: "held" } })]).group()?.lines[0]?.state).toBe(
      "Waiting until “A conversation” is created.",
    );
  });

  test("warns before it is discarded only where it may have been sent", () => {
    const warnings = (changes: Partial<OutboxItem>) => show([item(changes)]).group()?.lines[0]?.warning;
    expect(warnings({})).toBeUndefined();
    expect(warnings({ possiblySent: true })).toBe(en.outbox.mayBeSeen);
    expect(warnings({ possiblySent: true, what: { kind: "leave" } })).toBe(en.outbox.mayBeDone);
    expect(warnings({ possiblySent: true, state: { kind: "failed", code: 6, reason: "" } })).toBeUndefined();
  });

  test("is counted where it is not listed", () => {
    const { outbox, model } = show([item({})]);
    const [group] = outbox.get().groups;
    if (group === undefined) throw new Error("no group");
    outbox.set({ ...outbox.get(), waiting: 10_000, groups: [{ ...group, waiting: 10_000 }] });
    expect(model.get()).toMatchObject({ summary: "10,000 changes wait to be sent.", canTryNow: true });
    expect(model.get().groups[0]).toMatchObject({ more: "And 9,999 more.", lines: { length: 1 } });
  });
});

describe("[OUT2] what was not accepted", () => {
  const failed = (id: string) => item({ id, state: { kind: "failed", code: 5, reason: "" } });

  test("says why in words", () => {
    const { group, model } = show([failed("1")]);
    expect(group()?.lines[0]).toMatchObject({ failed: true, state: `Not accepted. ${en.refused[5]}` });
    expect(group()).toMatchObject({ wait: undefined, allFailed: [] });
    expect(model.get()).toMatchObject({ summary: "1 change was not accepted.", canTryNow: false });
  });

  test("is tried again or discarded all together, and what went with another is no problem", async () => {
    const { group, model, done, notices } = show([failed("1"), failed("gone"), failed("3")]);
    await model.retry(group()?.allFailed ?? []);
    expect(done).toEqual(["retry 1", "retry gone", "retry 3"]);
    expect(notices.get().shown).toEqual([]);
    await model.discard(["broken", "4"]);
    expect(done.slice(3)).toEqual(["discard broken"]);
    expect(notices.get().shown).toHaveLength(1);
  });
});
