import { expect, test } from "bun:test";
import type { AccountView, ConversationListView, ScheduledItem } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { ManualClock } from "../../../testing/manual-clock.ts";
import { conversationView } from "../../../testing/rows.ts";
import { en } from "../../../texts/en.ts";
import { TimeFormat } from "../../../texts/time-format.ts";
import { fieldTime } from "../../../times/field-time.ts";
import { PickTimeViewModel } from "./pick-time-view-model.ts";
import { proposedTimes } from "./proposed-times.ts";
import { ScheduledViewModel } from "./scheduled-view-model.ts";

const HOUR_MS = 3_600_000;
const format = new TimeFormat(en, "en-GB", () => "UTC");

function open(items: (now: number) => readonly ScheduledItem[], conversation?: string) {
  const clock = new ManualClock();
  const me = { account: "me", userName: "me", displayName: "Me" };
  const account = new ObservedValue<AccountView>({ ...me, scheduled: items(clock.now()) });
  const deeds: string[] = [];
  const model = new ScheduledViewModel({
    engine: {
      account,
      conversations: new ObservedValue<ConversationListView>({
        loaded: true,
        pending: 0,
        holdUp: undefined,
        conversations: [conversationView()],
      }),
      changeScheduled: async (_, id, text, at) => void deeds.push(`${id} says ${text} in ${at - clock.now()}`),
      cancelScheduled: async (_, id) => void deeds.push(`${id} cancelled`),
    },
    conversation,
    clock,
    texts: en,
    format,
    notices: { attempt: async () => true },
    newId: () => "id",
  });
  return { model, clock, deeds, end: () => account.set(me) };
}

const item = (id: string, at: number, more: Partial<ScheduledItem> = {}): ScheduledItem => {
  return { id, conversation: "conversation-1", text: `text of ${id}`, at, state: "waiting", ...more };
};

test("says what waits, where, and what is wrong with it; of one conversation or of all", () => {
  const items = (now: number) => [
    item("a", now + HOUR_MS),
    item("b", now + HOUR_MS, { state: "unsent" }),
    item("c", now, { state: "not-member", conversation: "gone" }),
  ];
  const { model } = open(items);
  expect(model.get().lines.map(({ id, note, failed }) => [id, note, failed])).toEqual([
    ["a", "", false],
    ["b", en.scheduled.states.unsent, false],
    ["c", en.scheduled.states["not-member"], true],
  ]);
  expect(model.get().lines[2]?.title).toBe(en.outbox.unknownConversation);
  expect(
    open(items, "conversation-1")
      .model.get()
      .lines.map(({ id }) => id),
  ).toEqual(["a", "b"]);
});

test("sends at once, and cancels", () => {
  const { model, deeds } = open((now) => [item("a", now + HOUR_MS)]);
  model.sendNow("a");
  model.cancel("a");
  expect(deeds).toEqual(["a says text of a in 0", "a cancelled"]);
});

test("changes text and time, not to a time that has passed, nor to nothing", () => {
  const { model, clock, deeds } = open((now) => [item("a", now + HOUR_MS)]);
  model.startChange("a");
  expect(model.get().changing).toMatchObject({ id: "a", text: "text of a", canSave: true });
  model.setText(" ");
  expect(model.get().changing?.canSave).toBe(false);
  model.setText("better\n");
  model.setField(fieldTime(clock.now() - HOUR_MS));
  model.save();
  expect(model.get().changing?.wrong).toBe(en.scheduled.past);
  model.setField("2199-01-01T00:00");
  model.save();
  expect(model.get().changing?.wrong).toBe(en.scheduled.far);
  const at = new Date(fieldTime(clock.now() + 2 * HOUR_MS)).getTime();
  model.setField(fieldTime(at));
  model.save();
  expect(model.get().changing).toBeUndefined();
  expect(deeds).toEqual([`a says better in ${at - clock.now()}`]);
});

test("changes a text alone, and leaves the time to the second as it was", () => {
  const { model, deeds } = open((now) => [item("a", now + HOUR_MS + 12_345)]);
  model.startChange("a");
  model.setText("better");
  model.save();
  expect(deeds).toEqual([`a says better in ${HOUR_MS + 12_345}`]);
});

test("what is sent while it is being changed is changed no more", () => {
  const { model, end } = open((now) => [item("a", now + HOUR_MS)]);
  model.startChange("a");
  end();
  expect(model.get()).toEqual({ lines: [], changing: undefined });
});

test("what is written is sent at one of the times proposed, or at another one to come", () => {
  const clock = new ManualClock();
  const chosen: number[] = [];
  const words = { title: "", hint: "", submit: "" };
  const model = new PickTimeViewModel({
    clock,
    texts: en,
    format,
    words,
    propose: proposedTimes,
    choose: (at) => chosen.push(at),
  });
  model.setField(fieldTime(clock.now() - HOUR_MS));
  model.submit();
  expect([chosen, model.get().wrong]).toEqual([[], en.scheduled.past]);
  const field = fieldTime(clock.now() + HOUR_MS);
  model.setField(field);
  expect(model.get().wrong).toBeUndefined();
  model.submit();
  expect(chosen).toEqual([new Date(field).getTime()]);
});
