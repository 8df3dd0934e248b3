import type { AccountEvent, Reminder } from "@parley/protocol";

/** A message that an account wants to be reminded of; at most one for a message. */
export type ReminderState = Omit<Reminder, "$typeName" | "$unknown">;

export type ReminderPlaced = Pick<ReminderState, "conversation" | "message">;

/** The reminders after an event of the account's log: the same where it is about none of them. */
export function remindersAfter(before: readonly ReminderState[], body: AccountEvent["body"]): readonly ReminderState[] {
  switch (body.case) {
    case "reminderSet": {
      const { conversation, message, at, ordinal, parent, root } = body.value;
      return [...without(before, [body.value]), { conversation, message, at, ordinal, parent, root, due: false }];
    }
    case "reminderDue":
      return before.map((one) => (isSameReminder(one, body.value) ? { ...one, due: true } : one));
    case "reminderEnded":
      return without(before, body.value.reminders);
    default:
      return before;
  }
}

export function isSameReminder(one: ReminderPlaced, other: ReminderPlaced): boolean {
  return one.message === other.message && one.conversation === other.conversation;
}

function without(reminders: readonly ReminderState[], ended: readonly ReminderPlaced[]): readonly ReminderState[] {
  return reminders.filter((one) => !ended.some((place) => isSameReminder(one, place)));
}
