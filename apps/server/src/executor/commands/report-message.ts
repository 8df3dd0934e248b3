import { create, toBinary } from "@bufbuild/protobuf";
import {
  type Entry,
  limits,
  MessageReportedSchema,
  RejectionCode,
  type ReportMessage,
  ReportReason,
  ReportSchema,
} from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import { copyReported } from "../copy-reported.ts";
import type { Refusal } from "../ruling.ts";
import { requireOwnAcquaintance } from "./account-log.ts";
import { type CommandHandler, cannot } from "./command-handler.ts";
import { findMessageIn, targetDeleted, targetNotFound, validateTarget } from "./target.ts";

const PERIOD_MS = 24 * 60 * 60 * 1_000;

/** The log says which messages and why; what they said goes to the admins alone, as the sender sees it now. */
export const reportMessage: CommandHandler<ReportMessage> = {
  authorise: (attempt, { conversation }) => requireOwnAcquaintance(attempt, conversation),
  validate: validateReport,
  async decide(attempt, told) {
    const { conversation, messages, reason } = told;
    const targets: Entry[] = [];
    for (const message of messages) {
      const entry = await findMessageIn(attempt, conversation, message);
      if (entry === undefined) return cannot(targetNotFound);
      if (entry.author === attempt.account) return cannot(ownMessage);
      targets.push(entry);
    }
    const report = await copyReported(attempt, told, targets);
    if (!report.messages.some(({ reported, content }) => reported && content !== undefined))
      return cannot(targetDeleted);
    if (await isFull(attempt, toBinary(ReportSchema, report).byteLength)) return cannot(reportsFull);
    const value = create(MessageReportedSchema, { conversation, messages, reason });
    return { kind: "account-event", body: { case: "messageReported", value }, report };
  },
};

const ownMessage: Refusal = { code: RejectionCode.NOT_ALLOWED, reason: "One does not report one's own messages." };

const reportsFull: Refusal = {
  code: RejectionCode.REPORTS_FULL,
  reason: `At most ${limits.reportsPerDay} reports a day, of ${limits.reportBytesPerDay} bytes.`,
};

async function isFull({ account, ledger, receivedAt }: Attempt, more: number): Promise<boolean> {
  const { count, bytes } = await ledger.transaction.reportUse(account, receivedAt - PERIOD_MS);
  return count >= limits.reportsPerDay || bytes + more > limits.reportBytesPerDay;
}

function validateReport({ messages, reason, note }: ReportMessage): Refusal | undefined {
  const { reportedAtOnce: most, reportNoteCharacters } = limits;
  if (messages.length < 1 || messages.length > most) return invalid(`messages must be 1 to ${most}.`);
  if (new Set(messages).size < messages.length) return invalid("messages names one twice.");
  if (!reasons.has(reason)) return invalid("reason is none of those that there are.");
  if (note.length > reportNoteCharacters) return invalid(`note has at most ${reportNoteCharacters} characters.`);
  return messages.map(validateTarget).find((refusal) => refusal !== undefined);
}

const reasons: ReadonlySet<ReportReason> = new Set([
  ReportReason.SPAM,
  ReportReason.HARASSMENT,
  ReportReason.ILLEGAL,
  ReportReason.OTHER,
]);

function invalid(reason: string): Refusal {
  return { code: RejectionCode.INVALID, reason };
}
