import type { ReminderState } from "@parley/log";
import type { ReminderRecord } from "../../log/records.ts";
import type { RemindersTable } from "../tables.ts";

export function reminderRow(account: string, seq: number, reminder: ReminderState): RemindersTable {
  const { conversation, message, ordinal, at, due, parent, root } = reminder;
  return { account, conversation, message, ordinal, seq, at, due: due ? 1 : 0, parent, root };
}

export function reminderRecord({ account: _, seq, due, ...reminder }: RemindersTable): ReminderRecord {
  return { seq, reminder: { ...reminder, due: due === 1 } };
}
