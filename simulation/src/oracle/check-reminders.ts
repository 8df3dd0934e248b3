import { isSameReminder, type ReminderState, remindersAfter } from "@parley/log";
import { type AccountEvent, ReminderEnd } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { Violation } from "./violation.ts";

/** What the server stores for each account. */
export type StoredReminders = ReadonlyMap<string, readonly ReminderState[]>;

/** The table says what the account's log says; what is due there was set, had not ended, and is due once; what has ended by itself had to. */
export function checkReminderRows(
  ledger: Ledger,
  account: string,
  events: readonly AccountEvent[],
  stored: readonly ReminderState[],
): Violation[] {
  const violations: Violation[] = [];
  let folded: readonly ReminderState[] = [];
  for (const { seq, receivedAt, body } of events) {
    const where = `event ${seq} of ${account}`;
    if (body.case === "reminderDue") {
      const set = folded.find((one) => isSameReminder(one, body.value));
      if (set === undefined) violations.push({ rule: "REM2", detail: `${where} reminds of what is not set` });
      else if (set.due) violations.push({ rule: "REM1", detail: `${where} reminds again` });
      else if (receivedAt < set.at)
        violations.push({ rule: "REM1", detail: `${where} is ${set.at - receivedAt} ms early` });
    }
    if (body.case === "reminderEnded" && body.value.why === ReminderEnd.DELETED) {
      for (const { conversation, message } of body.value.reminders) {
        if (isDeleted(ledger, conversation, message)) continue;
        violations.push({ rule: "REM4", detail: `${where} ends the reminder of ${message}, which is not deleted` });
      }
    }
    folded = remindersAfter(folded, body);
  }
  const [told, kept] = [linesOfReminders(folded), linesOfReminders(stored)];
  if (told !== kept) violations.push({ rule: "REM3", detail: `${account} set [${told}], and [${kept}] is stored` });
  for (const { conversation, message } of stored) {
    const why = endOf(ledger, account, conversation, message);
    if (why !== undefined) violations.push({ rule: "REM4", detail: `${account} is reminded of ${message}, ${why}` });
  }
  return violations;
}

/** Nothing whose time has come waits on. */
export function checkNothingToRemind(stored: StoredReminders, now: number): Violation[] {
  return [...stored.values()].flat().flatMap(({ message, at, due }) => {
    if (due || at > now) return [];
    return [{ rule: "REM1", detail: `nobody is reminded of ${message} ${now - at} ms after its time` }];
  });
}

function endOf(ledger: Ledger, account: string, conversation: string, message: string): string | undefined {
  const history = ledger.logs.get(conversation);
  const isPresent = history?.isPresent(account) === true || history?.parent?.isPresent(account) === true;
  if (!isPresent) return "and is no member";
  return isDeleted(ledger, conversation, message) ? "which is deleted" : undefined;
}

function isDeleted(ledger: Ledger, conversation: string, message: string): boolean {
  const body = ledger.logs.get(conversation)?.historyOf(message)?.at(-1)?.body;
  return body?.case === "message" && body.value.state.case === "deleted";
}

/** For comparing them. */
export function linesOfReminders(reminders: readonly ReminderState[]): string {
  return reminders
    .map(({ conversation, message, at, ordinal, due, parent, root }) =>
      [conversation, message, at, ordinal, due, parent, root].join(" "),
    )
    .toSorted()
    .join(", ");
}
