import { isGranted, type Rights, rightsIn } from "@parley/log";
import { ConversationKind, limits, RejectionCode } from "@parley/protocol";
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
  if (member === undefined) {
    const parent = log?.record?.parent ?? "";
    const reader = parent === "" ? undefined : await (await ledger.log(parent))?.member(account);
    if (reader?.present === true) return { code: RejectionCode.NOT_MEMBER, reason: "The sender does not follow it." };
    return { code: RejectionCode.NOT_FOUND, reason: "There is no such conversation." };
  }
  if (!member.present) return { code: RejectionCode.NOT_MEMBER, reason: "The sender is no longer a member." };
  return undefined;
}

/** For commands that change the conversation itself. Where a right covers only some of the others, who they are is looked at later. */
export async function requireRight(attempt: Attempt, right: keyof Rights): Promise<Refusal | undefined> {
  const refusal = await requireMember(attempt);
  if (refusal !== undefined) return refusal;
  const { record, rights } = await placeOf(attempt);
  if (isGranted(rights[right])) return undefined;
  const inGroup = record.kind === ConversationKind.GROUP;
  return notAllowed(inGroup ? `The sender's role lacks the right ${right}.` : "Only in groups there is such a right.");
}

export const membersFull: Refusal = {
  code: RejectionCode.MEMBERS_FULL,
  reason: `A group has at most ${limits.membersPerGroup} members.`,
};

export function notAllowed(reason: string): Refusal {
  return { code: RejectionCode.NOT_ALLOWED, reason };
}

export interface Place {
  readonly log: OpenLog;
  readonly record: ConversationRecord;
  readonly member: MemberRecord;
  /** What the member may do here. */
  readonly rights: Rights;
}

/** Where a member acts; `requireMember` has let it through. */
export async function placeOf({ account, command, ledger }: Attempt): Promise<Place> {
  const log = await ledger.log(command.log);
  const member = await log?.member(account);
  if (log?.record === undefined || member === undefined) throw new Error("The sender was not authorised.");
  const { record } = log;
  const rights = rightsIn(record.kind, member.role);
  const parent = record.parent === "" ? undefined : await ledger.log(record.parent);
  if (parent?.record === undefined) return { log, record, member, rights };
  // Who keeps order in a group does so in its threads.
  const role = (await parent.member(account))?.role ?? member.role;
  const { deleteOthersMessages } = rightsIn(parent.record.kind, role);
  return { log, record, member, rights: { ...rights, deleteOthersMessages } };
}
