import { create } from "@bufbuild/protobuf";
import {
  type AccountEvent,
  CommandSchema,
  followerCommandId,
  OrderSchema,
  PostSchema,
  RejectionCode,
  ScheduledEndedSchema,
  ScheduledFailedSchema,
} from "@parley/protocol";
import { appendAccountEvent } from "../log/append-account-event.ts";
import type { DueRecord } from "../log/records.ts";
import { type JudgeParts, judgeOwn, type Session } from "./judge.ts";
import type { Ruling } from "./ruling.ts";

/** Names the ids of what it makes; never changes. */
const FOLLOWER = "scheduled-messages";

/**
 * Posts a message whose time has come, as its author could now, and tells the author what became of it. Message, row and account event are one transaction, and both
 * ids are derived from what scheduled it last.
 */
export async function postScheduled(
  { account, subject: target, ...due }: DueRecord,
  session: Session,
  parts: JudgeParts,
): Promise<void> {
  const { ledger, receivedAt } = session;
  const { transaction } = ledger;
  const scheduled = await transaction.scheduledMessage(account, target);
  if (scheduled === undefined) return transaction.forgetDue({ account, subject: target, ...due });
  const { conversation: log, envelope, content } = scheduled.message;
  const id = followerCommandId(FOLLOWER, target, scheduled.seq);
  const value = create(PostSchema, { ...(envelope && { envelope }), ...(content && { content }) });
  const command = create(CommandSchema, { id, log, sentAt: receivedAt, body: { case: "post", value } });
  const order = create(OrderSchema, { link: { case: "none", value: {} } });
  const attempt = { account, device: undefined, order, command, commandBytes: 0, ...session };
  const ruling = await judgeOwn(attempt, parts);
  // It stays due.
  if (ruling.kind === "retry") return;
  const body = tidings(target, ruling);
  ledger.tell({ account, event: await appendAccountEvent(transaction, account, { id, receivedAt, body }) });
}

function tidings(target: string, ruling: Ruling): AccountEvent["body"] {
  switch (ruling.kind) {
    case "verdict":
      // A rejection that stands under its id is another account's.
      if (ruling.verdict.outcome.case !== "accepted") return failed(target, RejectionCode.ID_TAKEN);
      return { case: "scheduledEnded", value: create(ScheduledEndedSchema, { target, posted: true }) };
    case "refused":
      return failed(target, ruling.refusal.code);
    default:
      throw new Error(`A command of the server's own was answered ${ruling.kind}.`);
  }
}

function failed(target: string, rejection: RejectionCode): AccountEvent["body"] {
  return { case: "scheduledFailed", value: create(ScheduledFailedSchema, { target, rejection }) };
}
