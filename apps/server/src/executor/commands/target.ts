import { asSeenBy } from "@parley/log";
import { type Entry, RejectionCode, uuidVersion } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";

export function validateTarget(target: string): Refusal | undefined {
  if (uuidVersion(target) !== undefined) return undefined;
  return { code: RejectionCode.INVALID, reason: "target is not an id." };
}

/** The message that a command refers to, if the sender can see it. */
export function findMessage(attempt: Attempt, target: string): Promise<Entry | undefined> {
  return findMessageIn(attempt, attempt.command.log, target);
}

/** A message of any conversation, if the sender is or was a member of it and can see it. */
export async function findMessageIn(attempt: Attempt, conversation: string, id: string): Promise<Entry | undefined> {
  const entry = await findEntryIn(attempt, conversation, id);
  return entry?.body.case === "message" ? entry : undefined;
}

/** The same of any entry. */
export async function findEntryIn(
  { account, ledger }: Attempt,
  conversation: string,
  id: string,
): Promise<Entry | undefined> {
  const log = await ledger.log(conversation);
  const member = await log?.member(account);
  const entry = await log?.entry(id);
  return member === undefined || entry === undefined ? undefined : asSeenBy(member.intervals, entry);
}

export function isDeleted(entry: Entry): boolean {
  return entry.body.case === "message" && entry.body.value.state.case === "deleted";
}

export const targetNotFound: Refusal = {
  code: RejectionCode.TARGET_NOT_FOUND,
  reason: "There is no such message, or the sender cannot see it.",
};

export const targetDeleted: Refusal = { code: RejectionCode.TARGET_DELETED, reason: "The message was deleted." };
