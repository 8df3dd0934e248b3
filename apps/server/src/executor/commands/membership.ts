import { ConversationKind, RejectionCode } from "@parley/protocol";
import type { ConversationRecord, MemberRecord } from "../../log/records.ts";
import type { Attempt } from "../attempt.ts";
import type { OpenLog } from "../open-log.ts";
import type { Refusal } from "../ruling.ts";

/** Whoever was never a member is not told that the conversation exists. */
export async function requireMember({ account, command, ledger }: Attempt): Promise<Refusal | undefined> {
  if (command.log === account) {
    return { code: RejectionCode.NOT_SUPPORTED, reason: "This command does not change an account log." };
  }
  const log = await ledger.log(command.log);
  const member = await log?.member(account);
  if (member === undefined) return { code: RejectionCode.NOT_FOUND, reason: "There is no such conversation." };
  if (!member.present) return { code: RejectionCode.NOT_MEMBER, reason: "The sender is no longer a member." };
  return undefined;
}

/** For commands that change the group itself. */
export async function requireGroupMember(attempt: Attempt): Promise<Refusal | undefined> {
  const refusal = await requireMember(attempt);
  if (refusal !== undefined) return refusal;
  const log = await attempt.ledger.log(attempt.command.log);
  if (log?.record?.kind === ConversationKind.GROUP) return undefined;
  return { code: RejectionCode.NOT_ALLOWED, reason: "Only groups can be changed so." };
}

export interface Place {
  readonly log: OpenLog;
  readonly record: ConversationRecord;
  readonly member: MemberRecord;
}

/** Where a member acts; `requireMember` has let it through. */
export async function placeOf({ account, command, ledger }: Attempt): Promise<Place> {
  const log = await ledger.log(command.log);
  const member = await log?.member(account);
  if (log?.record === undefined || member === undefined) throw new Error("The sender was not authorised.");
  return { log, record: log.record, member };
}
