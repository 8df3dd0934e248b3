import { asSeenBy } from "@parley/log";
import type { AccountEvent, Report, ReportedMessage } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { LogHistory } from "./log-history.ts";
import { textOf } from "./text-of.ts";
import type { Violation } from "./violation.ts";

/** Each report of the account's log is stored once, and says nothing that its reporter could not see. */
export function checkReportRows(
  ledger: Ledger,
  account: string,
  events: readonly AccountEvent[],
  all: readonly Report[],
): Violation[] {
  const stored = all.filter(({ reporter }) => reporter === account);
  const told = events.flatMap(({ seq, id, body }) =>
    body.case === "messageReported" ? [{ seq, id, ...body.value }] : [],
  );
  const violations: Violation[] = [];
  const [wanted, kept] = [told, stored].map((reports) => reports.map(({ id }) => id).toSorted());
  if (wanted?.join() !== kept?.join()) {
    violations.push({ rule: "RPT1", detail: `${account} reported as [${wanted}], and [${kept}] is stored` });
  }
  for (const { seq, id, conversation, messages } of told) {
    const report = stored.find((one) => one.id === id);
    if (report === undefined) continue;
    const reported = report.messages.filter((message) => message.reported).map((message) => message.id);
    if (report.conversation !== conversation || reported.toSorted().join() !== messages.toSorted().join()) {
      violations.push({ rule: "RPT1", detail: `${id} is about [${messages}], and [${reported}] is stored` });
    }
    const hidden = ledger.hiddenBy(account, conversation, seq - 1);
    for (const message of report.messages) {
      const wasSeen = isSeen(ledger.log(conversation), account, message);
      if (wasSeen && (message.reported || !hidden.has(message.id))) continue;
      violations.push({ rule: "RPT2", detail: `${id} tells ${message.id}, which ${account} could not see` });
    }
  }
  return violations;
}

/** Intervals are closed and added, never widened: what could be seen then can be now. */
function isSeen(history: LogHistory, account: string, { id, author, content }: ReportedMessage): boolean {
  const intervals = history.intervals(account);
  const seen = (history.historyOf(id) ?? []).flatMap((version) => asSeenBy(intervals, version) ?? []);
  const text = content?.form.case === "plain" ? content.form.value.text : undefined;
  return seen.some((version) => version.author === author && textOf(version) === text);
}
