import { isSameReminder, type ReminderState, remindersAfter } from "@parley/log";
import { type AccountEvent, type Command, limits, ReminderEnd, uuidVersion } from "@parley/protocol";
import {
  checkBlockedRows,
  checkNothingToRemind,
  checkReminderRows,
  checkReportRows,
  type Ledger,
  type Violation,
} from "@parley/simulation/oracle";
import type { StoredAccount } from "../history/history.ts";

/** A command of an account log that was accepted, and its place there. */
export interface AcceptedCommand {
  readonly command: Command;
  readonly seq: number;
}

/** What stood in an account's log before an event. */
interface Standing {
  readonly reminders: readonly ReminderState[];
  readonly blocked: ReadonlySet<string>;
}

/**
 * The log of an account has what was accepted there, each once and in its place, saying what the command wanted; nothing else but what the server adds by itself, whose rules the oracle knows:
 * each reminder is due once, not before its time, and none waits whose time has come.
 */
export function checkOwnLog(
  { account, events, blocked, reminders, reports, readAt, latest }: StoredAccount,
  accepted: readonly AcceptedCommand[],
  ledger: Ledger,
): Violation[] {
  const isKept = ({ id, receivedAt, body }: AccountEvent) =>
    body.case !== "messageReported" ||
    receivedAt + limits.reportKeptMs > latest ||
    reports.some((report) => report.id === id);
  return [
    ...checkPlaces(account, events, accepted),
    ...checkEffects(account, events, accepted),
    ...checkBlockedRows(ledger, account, events, blocked),
    // A clock that was set on for a while has erased what was over by it.
    ...checkReportRows(ledger, account, events.filter(isKept), reports),
    ...checkReminderRows(ledger, account, events, reminders),
    ...checkNothingToRemind(new Map([[account, reminders]]), readAt),
  ];
}

function checkPlaces(
  account: string,
  events: readonly AccountEvent[],
  accepted: readonly AcceptedCommand[],
): Violation[] {
  const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
  if (gap >= 0) return [{ rule: "LOG1", detail: `the log of ${account} has ${events[gap]?.seq} at ${gap + 1}` }];
  const known = new Set(accepted.map(({ command }) => command.id));
  const lost = accepted.filter(({ command, seq }) => events[seq - 1]?.id !== command.id);
  const invented = events.filter(({ id }) => uuidVersion(id) !== 8 && !known.has(id));
  return [
    ...lost.map(({ command, seq }) => {
      return { rule: "CMD9", detail: `${command.id} was acknowledged as ${seq} of ${account}, and is not there` };
    }),
    ...invented.map(({ id, seq }) => {
      return { rule: "CMD4", detail: `event ${seq} of ${account} is ${id}, which nobody was told is accepted` };
    }),
  ];
}

function checkEffects(
  account: string,
  events: readonly AccountEvent[],
  accepted: readonly AcceptedCommand[],
): Violation[] {
  const commands = new Map(accepted.map(({ command, seq }) => [seq, command]));
  const violations: Violation[] = [];
  let standing: Standing = { reminders: [], blocked: new Set() };
  for (const { seq, body } of events) {
    const wanted = wantedBy(commands.get(seq), standing);
    const said = saidBy(body);
    if (wanted !== undefined && wanted !== said) {
      violations.push({ rule: "LOG3", detail: `event ${seq} of ${account} is ${said}, not ${wanted}` });
    }
    standing = after(standing, body);
  }
  return violations;
}

/** Undefined for commands that are not judged here. */
function wantedBy(command: Command | undefined, { reminders, blocked }: Standing): string | undefined {
  switch (command?.body.case) {
    case "setBlocked": {
      const { value } = command.body;
      return blocked.has(value.account) === value.blocked ? "noEffect" : `${value.account} ${value.blocked}`;
    }
    case "reportMessage":
      return `${command.body.value.messages}`;
    case "setReminder": {
      const { value } = command.body;
      const set = reminders.find((one) => isSameReminder(one, value));
      return set !== undefined && !set.due && set.at === value.at ? "noEffect" : `${value.message} at ${value.at}`;
    }
    case "clearReminder": {
      const { value } = command.body;
      const set = reminders.some((one) => isSameReminder(one, value));
      return set ? `${value.message} cleared` : "noEffect";
    }
    default:
      return undefined;
  }
}

function saidBy(body: AccountEvent["body"]): string | undefined {
  switch (body.case) {
    case "blockedSet":
      return `${body.value.account} ${body.value.blocked}`;
    case "messageReported":
      return `${body.value.messages}`;
    case "reminderSet":
      return `${body.value.message} at ${body.value.at}`;
    case "reminderEnded":
      return `${body.value.reminders.map(({ message }) => message)} ${body.value.why === ReminderEnd.CLEARED ? "cleared" : "lost"}`;
    default:
      return body.case;
  }
}

function after({ reminders, blocked }: Standing, body: AccountEvent["body"]): Standing {
  if (body.case !== "blockedSet") return { reminders: remindersAfter(reminders, body), blocked };
  const others = [...blocked].filter((account) => account !== body.value.account);
  return { reminders, blocked: new Set(body.value.blocked ? [...others, body.value.account] : others) };
}
