import { expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { ReminderDueSchema, ReminderEndedSchema, ReminderSetSchema } from "@parley/protocol";
import { type ReminderState, remindersAfter } from "./reminders.ts";

const place = { conversation: "c", message: "m" };
const inThread = { parent: "p", root: "r" };
const set = (at: number, more = {}) => {
  return {
    case: "reminderSet",
    value: create(ReminderSetSchema, { ...place, ...inThread, at, ordinal: 3, ...more }),
  } as const;
};
const due = { case: "reminderDue", value: create(ReminderDueSchema, place) } as const;
const ended = { case: "reminderEnded", value: create(ReminderEndedSchema, { reminders: [place] }) } as const;
const none: readonly ReminderState[] = [];

test("[REM1] a message has one reminder: setting it anew takes the place of the one before, also of one that is due", () => {
  const first = remindersAfter(none, set(5));
  expect(first).toEqual([{ ...place, ...inThread, at: 5, ordinal: 3, due: false }]);
  const rung = remindersAfter(first, due);
  expect(rung).toEqual([{ ...place, ...inThread, at: 5, ordinal: 3, due: true }]);
  expect(remindersAfter(rung, set(9))).toEqual([{ ...place, ...inThread, at: 9, ordinal: 3, due: false }]);
});

test("[REM1] what ends is there no more, and what is of another message stays", () => {
  const both = remindersAfter(remindersAfter(none, set(5)), set(6, { message: "n" }));
  expect(remindersAfter(both, ended).map(({ message }) => message)).toEqual(["n"]);
  expect(remindersAfter(both, due).map(({ due }) => due)).toEqual([true, false]);
});

test("other events change nothing", () => {
  const one = remindersAfter(none, set(5));
  expect(remindersAfter(one, { case: undefined })).toBe(one);
});
