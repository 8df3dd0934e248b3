import type { AccountView, ReminderItem } from "@parley/client";

/** The tag of a notification that tells of several. */
const SEVERAL = "reminders";

/** Reminders that became due, for one notification. */
export interface DueReminders {
  /** Of the notification: it is withdrawn by that. */
  readonly tag: string;
  readonly due: readonly [ReminderItem, ...ReminderItem[]];
}

export function dueIn({ reminders = [] }: AccountView): readonly ReminderItem[] {
  return reminders.filter(({ state }) => state === "due");
}

/** What became due between two looks; undefined if nothing did. */
export function newlyDue(before: readonly ReminderItem[], after: readonly ReminderItem[]): DueReminders | undefined {
  const [first, ...others] = without(after, before);
  if (first === undefined) return undefined;
  return { tag: others.length === 0 ? first.message : SEVERAL, due: [first, ...others] };
}

/** Tags of notifications that are of no use any more: what they tell of is done, ended, or set for another time. */
export function dueNoMore(before: readonly ReminderItem[], after: readonly ReminderItem[]): readonly string[] {
  const over = without(before, after).map(({ message }) => message);
  return before.length > 0 && after.length === 0 ? [...over, SEVERAL] : over;
}

function without(reminders: readonly ReminderItem[], others: readonly ReminderItem[]): readonly ReminderItem[] {
  const messages = new Set(others.map(({ message }) => message));
  return reminders.filter(({ message }) => !messages.has(message));
}
