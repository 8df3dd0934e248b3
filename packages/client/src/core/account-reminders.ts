import { isSameReminder, type ReminderState, remindersAfter } from "@parley/log";
import { type AccountEvent, type AccountPreferences, ReminderEnd } from "@parley/protocol";
import type { LostReminders, ReminderItem } from "../api/reminder-view.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type Kept = Pick<StoredMeta, "reminders" | "lostReminders">;

/** What is kept of reminders after an event about them; what was never told stays unknown. */
export function remindersKept({ reminders }: Kept, { seq, body }: AccountEvent): Kept {
  const after = { reminders: reminders && remindersAfter(reminders, body) };
  const lost = body.case === "reminderEnded" ? lostBy(seq, body.value.reminders.length, body.value.why) : undefined;
  return lost === undefined ? after : { ...after, lostReminders: lost };
}

export function remindersTold({ reminders }: AccountPreferences): readonly ReminderState[] {
  return reminders.map(({ conversation, message, at, ordinal, due, parent, root }) => {
    return { conversation, message, at, ordinal, due, parent, root };
  });
}

/** The reminders, the next one first, with the pending changes: those that are not part of the account log that the device holds. */
export function remindersWith(
  stored: readonly ReminderState[] | undefined,
  accountHead: number,
  commands: readonly Pending[],
): readonly ReminderItem[] {
  let all: readonly ReminderItem[] = (stored ?? []).map(itemOf);
  for (const pending of commands) {
    const { body } = pending.command;
    if (!isOpenIn(pending, accountHead)) continue;
    if (body.case !== "setReminder" && body.case !== "clearReminder") continue;
    const { conversation, message } = body.value;
    const known = all.find((one) => isSameReminder(one, body.value));
    all = all.filter((one) => one !== known);
    if (body.case === "clearReminder") continue;
    all = [...all, { ordinal: undefined, ...known, conversation, message, at: body.value.at, state: "unsent" }];
  }
  return [...all].sort((one, other) => one.at - other.at || (one.message < other.message ? -1 : 1));
}

function itemOf({ parent, root, due, ...reminder }: ReminderState): ReminderItem {
  const thread = parent === "" ? {} : { thread: { conversation: parent, root } };
  return { ...reminder, ...thread, state: due ? "due" : "upcoming" };
}

function lostBy(seq: number, count: number, why: ReminderEnd): LostReminders | undefined {
  switch (why) {
    case ReminderEnd.DELETED:
      return { seq, count, why: "deleted" };
    case ReminderEnd.OUT_OF_SIGHT:
      return { seq, count, why: "out-of-sight" };
    default:
      return undefined;
  }
}
