import { create } from "@bufbuild/protobuf";
import { afterBlocked, applyPreference, hideRuns, noPreferences, type ReminderPlaced } from "@parley/log";
import {
  type AccountEvent,
  AccountEventSchema,
  BlockedPersonSchema,
  type BlockedSet,
  limits,
  MessageScheduledSchema,
  ScheduledMessageSchema,
} from "@parley/protocol";
import type { LogTransaction } from "./log-transaction.ts";

/** Gives what happened the next seq of an account's log, its command the verdict, and carries it out. */
export async function appendAccountEvent(
  transaction: LogTransaction,
  account: string,
  { id, receivedAt, body }: Pick<AccountEvent, "id" | "receivedAt" | "body">,
): Promise<AccountEvent> {
  const seq = (await transaction.accountHead(account)) + 1;
  const event = create(AccountEventSchema, { seq, id, receivedAt, body });
  await transaction.addAccountEvent(account, withoutContent(event));
  await transaction.accept(account, id, seq);
  await fold(transaction, account, event);
  return event;
}

/** As it is stored: what a scheduled message says is in its row alone, as long as that is there. */
function withoutContent(event: AccountEvent): AccountEvent {
  const { body } = event;
  if (body.case !== "messageScheduled") return event;
  const { target, conversation, at } = body.value;
  const value = create(MessageScheduledSchema, { target, conversation, at });
  return { ...event, body: { case: "messageScheduled", value } };
}

/** What the event makes of what the account keeps. */
async function fold(transaction: LogTransaction, account: string, event: AccountEvent): Promise<void> {
  const { seq, receivedAt, body } = event;
  switch (body.case) {
    case "preferenceSet": {
      const { conversation, setting } = body.value;
      const before = (await transaction.preference(account, conversation)) ?? noPreferences;
      return transaction.putPreference(account, conversation, applyPreference(before, setting));
    }
    case "savedSet": {
      const { conversation, message, ordinal, saved } = body.value;
      if (!saved) return transaction.forgetSaved(account, conversation, message);
      return transaction.addSaved(account, seq, { conversation, message, ordinal, savedAt: receivedAt });
    }
    case "messagesHidden": {
      const { conversation } = body.value;
      const before = await transaction.hidden(account, conversation);
      return transaction.putHidden(account, conversation, hideRuns(before, body.value));
    }
    case "messageScheduled": {
      const { target: id, conversation, at, envelope, content } = body.value;
      const message = { id, conversation, at, ...(envelope && { envelope }), ...(content && { content }) };
      await transaction.putScheduled(account, seq, create(ScheduledMessageSchema, message));
      return transaction.putDue({ kind: "scheduled", account, conversation, subject: id, at });
    }
    case "blockedSet":
      return setBlocked(transaction, account, event, body.value);
    case "messageReported": {
      const { conversation } = body.value;
      const at = receivedAt + limits.reportKeptMs;
      return transaction.putDue({ kind: "report", account, conversation, subject: event.id, at });
    }
    case "scheduledEnded":
    case "scheduledFailed":
      return endScheduled(transaction, account, seq, body);
    case "reminderSet": {
      const { conversation, message, at, ordinal, parent, root } = body.value;
      await transaction.putReminder(account, seq, { conversation, message, at, ordinal, parent, root, due: false });
      return transaction.putDue({ kind: "reminder", account, conversation, subject: message, at });
    }
    case "reminderDue": {
      const known = await transaction.reminder(account, body.value);
      if (known !== undefined) await transaction.putReminder(account, known.seq, { ...known.reminder, due: true });
      return forgetDueReminder(transaction, account, body.value);
    }
    case "reminderEnded":
      for (const place of body.value.reminders) {
        await transaction.forgetReminder(account, place);
        await forgetDueReminder(transaction, account, place);
      }
  }
}

/** What came while somebody was blocked stays hidden. */
async function setBlocked(
  transaction: LogTransaction,
  owner: string,
  { seq: since, receivedAt: blockedAt }: AccountEvent,
  { account, blocked, conversation, ordinal, seq, hidden }: BlockedSet,
): Promise<void> {
  if (blocked) {
    const person = create(BlockedPersonSchema, { account, conversation, ordinal, seq, blockedAt });
    return transaction.addBlocked(owner, since, person);
  }
  await transaction.forgetBlocked(owner, { account, conversation });
  if (hidden === undefined) return;
  const before = await transaction.hidden(owner, conversation);
  return transaction.putHidden(owner, conversation, afterBlocked(before, hidden));
}

function forgetDueReminder(
  transaction: LogTransaction,
  account: string,
  { conversation, message: subject }: ReminderPlaced,
): Promise<void> {
  return transaction.forgetDue({ kind: "reminder", account, conversation, subject });
}

type EndOfScheduled = Extract<AccountEvent["body"], { case: "scheduledEnded" | "scheduledFailed" }>;

/** It is due no more; what failed keeps its row. */
async function endScheduled(transaction: LogTransaction, account: string, seq: number, end: EndOfScheduled) {
  const { target } = end.value;
  const scheduled = await transaction.scheduledMessage(account, target);
  if (scheduled === undefined) return;
  const { message } = scheduled;
  await transaction.forgetDue({ kind: "scheduled", account, conversation: message.conversation, subject: target });
  if (end.case === "scheduledEnded") return transaction.forgetScheduled(account, target);
  return transaction.putScheduled(account, seq, { ...message, rejection: end.value.rejection });
}
