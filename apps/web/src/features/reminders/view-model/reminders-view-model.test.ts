import { expect, test } from "bun:test";
import type { AccountView, ConnectionView, ConversationListView, PlacedMessage, ReminderItem } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { fieldTime } from "../../../times/field-time.ts";
import type { NoticeAction } from "../../notices/view-model/notices.ts";
import { type ReminderAsked, ReminderNotices } from "./reminder-notices.ts";
import { RemindersViewModel } from "./reminders-view-model.ts";

const HOUR_MS = 3_600_000;
const format = new TimeFormat(en, "en-GB", () => "UTC");
const me = { account: "me", userName: "me", displayName: "Me" };

function item(message: string, at: number, more: Partial<ReminderItem> = {}): ReminderItem {
  return { conversation: "conversation-1", message, ordinal: 3, at, state: "upcoming", ...more };
}

function placed(conversation: string, id: string): PlacedMessage {
  const body = { kind: "text", text: `text of ${id}`, edited: false } as const;
  const who = { author: "ann", authorName: "Ann", mine: false };
  return { conversation, id, what: { kind: "message", ordinal: 3, ...who, at: 0, body } };
}

function setUp(items: (now: number) => readonly ReminderItem[]) {
  const clock = new ManualClock();
  const account = new ObservedValue<AccountView>({ ...me, reminders: items(clock.now()) });
  const deeds: string[] = [];
  const conversations = new ObservedValue<ConversationListView>({
    loaded: true,
    pending: 0,
    holdUp: undefined,
    conversations: [conversationView()],
  });
  const engine = {
    account,
    conversations,
    connection: new ObservedValue<ConnectionView>({ kind: "starting" }),
    messagesAt: async (places: readonly { readonly conversation: string; readonly message: string }[]) =>
      places.map(({ conversation, message }) => placed(conversation, message)),
    remind: async (_: string, __: string, message: string, at: number) =>
      void deeds.push(`${message} in ${at - clock.now()}`),
    clearReminder: async (_: string, __: string, message: string) => void deeds.push(`${message} done`),
  };
  return { clock, account, engine, deeds };
}

async function open(items: (now: number) => readonly ReminderItem[]) {
  const { engine, ...rest } = setUp(items);
  const model = new RemindersViewModel({
    engine,
    clock: rest.clock,
    texts: en,
    format,
    notices: { attempt: async () => true },
    newId: () => "id",
    goTo: ({ id, ordinal, thread }) =>
      rest.deeds.push(`go to ${id} ${thread === undefined ? `at ${ordinal}` : `below ${thread.root}`}`),
  });
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve));
  return { model, ...rest };
}

test("those that are due stand apart from those to come, each with its message and its place", async () => {
  const thread = { conversation: "conversation-1", root: "root" };
  const { model, deeds } = await open((now) => [
    item("a", now - HOUR_MS, { state: "due" }),
    item("b", now + HOUR_MS, { state: "unsent" }),
    item("c", now + 2 * HOUR_MS, { conversation: "thread-1", thread }),
  ]);
  const { due, upcoming } = model.get();
  expect(due.map(({ id, text, author }) => [id, text, author])).toEqual([["a", "text of a", "Ann"]]);
  expect(upcoming.map(({ id, unsent }) => [id, unsent])).toEqual([
    ["b", true],
    ["c", false],
  ]);
  expect(upcoming[1]?.title).toBe(en.threads.in(upcoming[0]?.title ?? ""));
  for (const line of [...due, ...upcoming.slice(1)]) model.choose(line);
  for (const line of due) model.finish(line);
  expect(deeds).toEqual(["go to a at 3", "go to c below root", "a done"]);
});

test("the time is changed, not to one that has passed, and no more once it has ended", async () => {
  const { model, clock, account, deeds } = await open((now) => [item("a", now + HOUR_MS)]);
  const key = model.get().upcoming[0]?.key ?? "";
  model.startChange(key);
  model.setField(fieldTime(clock.now() - HOUR_MS));
  model.save();
  expect(model.get().changing?.wrong).toBe(en.scheduled.past);
  const at = new Date(fieldTime(clock.now() + 2 * HOUR_MS)).getTime();
  model.setField(fieldTime(at));
  model.save();
  expect(deeds).toEqual([`a in ${at - clock.now()}`]);
  model.startChange(key);
  account.set(me);
  expect(model.get()).toEqual({ due: [], upcoming: [], changing: undefined });
});

test("[REM1] a tab says once what becomes due while it is open, of several how many, and what ended by itself", async () => {
  const { account, engine, clock } = setUp((now) => [item("old", now, { state: "due" }), item("a", now)]);
  const said: string[] = [];
  const asked: ReminderAsked[] = [];
  let actions: readonly NoticeAction[] | undefined;
  const show = (text: string, _: unknown, offered?: readonly NoticeAction[]) => {
    said.push(text);
    actions = offered;
  };
  const ask = (one: ReminderAsked) => void asked.push(one);
  const notices = new ReminderNotices({ engine, texts: en, notices: { show }, ask });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  await settled();
  const now = clock.now();
  const old = item("old", now, { state: "due" });
  const a = item("a", now, { state: "due" });
  account.set({ ...me, reminders: [old, a] });
  await settled();
  account.set({ ...me, reminders: [old, a], saved: { count: 1, version: 1 } });
  await settled();
  expect(said).toEqual([en.reminders.notice("Ann", "text of a")]);
  for (const { act } of actions ?? []) act();
  expect(asked).toEqual([
    { kind: "open", item: a },
    { kind: "later", item: a },
  ]);
  account.set({ ...me, reminders: [old, item("a", now + 1)] });
  await settled();
  account.set({ ...me, reminders: [old, { ...a, at: now + 1 }, item("b", now, { state: "due" })] });
  await settled();
  expect(said.slice(1)).toEqual([en.reminders.notices(2)]);
  for (const { act } of actions ?? []) act();
  expect(asked.slice(2)).toEqual([{ kind: "list" }]);
  account.set({ ...me, lostReminders: { seq: 9, count: 1, why: "deleted" } });
  await settled();
  expect(said.slice(2)).toEqual([en.reminders.lost.deleted(1)]);
  expect(actions).toBeUndefined();
  notices.dispose();
});
