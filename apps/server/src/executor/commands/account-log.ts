import { RejectionCode } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import type { Decision } from "./command-handler.ts";
import { sightIn } from "./target.ts";

export function isOwnAccountLog({ account, command }: Pick<Attempt, "account" | "command">): boolean {
  return command.log === account;
}

/** For commands that change nothing but the sender's own account log. */
export function requireOwnAccountLog(attempt: Attempt): Refusal | undefined {
  if (isOwnAccountLog(attempt)) return undefined;
  return { code: RejectionCode.NOT_ALLOWED, reason: "This command changes the sender's own account log and no other." };
}

/** For commands about one conversation there: for who is or was a member; nobody else is told that it exists. */
export async function requireOwnAcquaintance(attempt: Attempt, conversation: string): Promise<Refusal | undefined> {
  const elsewhere = requireOwnAccountLog(attempt);
  if (elsewhere !== undefined) return elsewhere;
  const log = await attempt.ledger.log(conversation);
  if (log !== undefined && (await sightIn(attempt.ledger, log, attempt.account)) !== undefined) return undefined;
  return { code: RejectionCode.NOT_FOUND, reason: "There is no such conversation." };
}

/** For those about what its sender is to do in a conversation: for present members. */
export async function requireOwnMembership(attempt: Attempt, conversation: string): Promise<Refusal | undefined> {
  const refusal = await requireOwnAcquaintance(attempt, conversation);
  if (refusal !== undefined) return refusal;
  const log = await attempt.ledger.log(conversation);
  if ((await log?.member(attempt.account))?.present === true) return undefined;
  return { code: RejectionCode.NOT_MEMBER, reason: "The sender is no longer a member." };
}

/** Accepted without effect. */
export const noAccountEffect: Decision = {
  kind: "account-event",
  body: { case: "noEffect", value: { $typeName: "parley.v1.NoEffect" } },
};
