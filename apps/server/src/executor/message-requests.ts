import { isRequestedOf, noPreferences, waitsFor } from "@parley/log";
import { ConversationKind, type Create, directConversationId, Encryption, RejectionCode } from "@parley/protocol";
import type { LogSnapshot } from "../log/log-snapshot.ts";
import type { ConversationRecord } from "../log/records.ts";
import type { Attempt } from "./attempt.ts";
import type { Refusal } from "./ruling.ts";

/** The one message of a request comes after the entry of its creation. */
const ENTRIES = 2;

export const requestWaits: Refusal = {
  code: RejectionCode.REQUEST_WAITS,
  reason: "The message request was not accepted yet.",
};

/** Whether what the sender begins waits to be accepted: here strangers do, who are in no group with the other one. That they have no conversation yet is known. */
export async function isRequest({ account, ledger }: Attempt, { kind, members: [other] }: Create): Promise<boolean> {
  if (!ledger.messageRequests || kind !== ConversationKind.DIRECT || other === undefined) return false;
  return !(await ledger.transaction.sharesGroup(account, other));
}

/**
 * Whether somebody knows the sender: both are in a group, or have a direct conversation that does not wait for that one to accept it. The conversation is
 * taken as this transaction has it, where an answer may have come just before.
 */
export async function knows(somebody: string, { account: sender, ledger }: Attempt): Promise<boolean> {
  if (await ledger.transaction.sharesGroup(somebody, sender)) return true;
  const direct = (await ledger.log(directConversationId(somebody, sender, Encryption.NONE)))?.record;
  return direct !== undefined && !(await waitsForMember(ledger.transaction, direct, somebody));
}

/** Whether a message request waits for this member to accept it. */
export async function waitsForMember(
  snapshot: LogSnapshot,
  record: ConversationRecord,
  account: string,
): Promise<boolean> {
  if (!isRequestedOf(record, account)) return false;
  return waitsFor(record, account, (await snapshot.preference(account, record.id)) ?? noPreferences);
}

/** Whether it waits to be accepted at all. */
export async function isWaiting({ ledger }: Attempt, record: ConversationRecord | undefined): Promise<boolean> {
  if (record?.request !== true) return false;
  const members = await ledger.transaction.presentMembers(record.id);
  const asked = members.find((member) => member !== record.createdBy) ?? "";
  return waitsForMember(ledger.transaction, record, asked);
}

/** Whether the sender has made a message request that waits to be accepted: until then it is one message, and nothing else that makes an entry. */
export async function makesRequest(attempt: Attempt, record: ConversationRecord | undefined): Promise<boolean> {
  return record?.createdBy === attempt.account && (await isWaiting(attempt, record));
}

/** Why a message can be no part of it. */
export async function refusalOfRequest(
  attempt: Attempt,
  record: ConversationRecord | undefined,
): Promise<Refusal | undefined> {
  if (record === undefined || record.entryHead < ENTRIES || !(await makesRequest(attempt, record))) return undefined;
  // The other one may have made entries as well that are no answer.
  const entries = await attempt.ledger.transaction.entries(record.id, ENTRIES, record.entryHead);
  return entries.some(({ entry }) => entry.author === attempt.account) ? requestWaits : undefined;
}
