import { create } from "@bufbuild/protobuf";
import { type AccountEvent, followerCommandId, ReminderDueSchema } from "@parley/protocol";
import { appendAccountEvent } from "../log/append-account-event.ts";
import type { DueRecord } from "../log/records.ts";
import { reminderEnded, whyReminderEnds } from "../log/reminder-end.ts";
import type { Session } from "./judge.ts";

/** Names the ids of what it makes; never changes. */
const FOLLOWER = "due-reminders";

/**
 * Reminds an account of a message whose time has come, or says that it can be reminded of it no more: a follower may not have come to that yet. The event and that it is due no more are
 * one transaction, and its id is derived from what set the reminder last.
 */
export async function remind(due: DueRecord, { ledger, receivedAt }: Session): Promise<void> {
  const { account, conversation, subject: message } = due;
  const { transaction } = ledger;
  const place = { conversation, message };
  const known = await transaction.reminder(account, place);
  if (known === undefined || known.reminder.due) return transaction.forgetDue(due);
  const why = await whyReminderEnds(transaction, account, place);
  const body: AccountEvent["body"] =
    why === undefined ? { case: "reminderDue", value: create(ReminderDueSchema, place) } : reminderEnded([place], why);
  const id = followerCommandId(FOLLOWER, message, known.seq);
  ledger.tell({ account, event: await appendAccountEvent(transaction, account, { id, receivedAt, body }) });
}
