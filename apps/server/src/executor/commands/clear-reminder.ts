import { type ClearReminder, ReminderEnd } from "@parley/protocol";
import { reminderEnded } from "../../log/reminder-end.ts";
import { noAccountEffect, requireOwnAccountLog } from "./account-log.ts";
import type { CommandHandler } from "./command-handler.ts";
import { validateTarget } from "./target.ts";

/** It says how things are to be, so it is no mistake where another device was faster, or the reminder has ended by itself. */
export const clearReminder: CommandHandler<ClearReminder> = {
  authorise: async (attempt) => requireOwnAccountLog(attempt),
  validate: ({ message }) => validateTarget(message),
  async decide({ account, ledger }, { conversation, message }) {
    const place = { conversation, message };
    if ((await ledger.transaction.reminder(account, place)) === undefined) return noAccountEffect;
    return { kind: "account-event", body: reminderEnded([place], ReminderEnd.CLEARED) };
  },
};
