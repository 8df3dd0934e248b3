import { create } from "@bufbuild/protobuf";
import { asSeenBy, type Intervals } from "@parley/log";
import { type Entry, IntervalSchema, RejectionCode, uuidVersion } from "@parley/protocol";
import { inheritedIntervals } from "../../log/inherited-sight.ts";
import type { Attempt } from "../attempt.ts";
import type { OpenLog } from "../open-log.ts";
import type { Refusal } from "../ruling.ts";

export function validateTarget(target: string): Refusal | undefined {
  if (uuidVersion(target) !== undefined) return undefined;
  return { code: RejectionCode.INVALID, reason: "target is not an id." };
}

/** What an account may see of a conversation, if it is or was a member; of a thread, too, which it does not follow. */
export async function sightIn(
  ledger: Attempt["ledger"],
  log: OpenLog,
  account: string,
): Promise<Intervals | undefined> {
  const member = await log.member(account);
  const parent = log.record?.parent ?? "";
  if (member?.present === true || parent === "") return member?.intervals;
  const inParent = await (await ledger.log(parent))?.member(account);
  if (inParent?.present !== true) return member?.intervals;
  const inherited = await inheritedIntervals(ledger.transaction, { id: log.id, head: log.head }, inParent.intervals);
  return inherited.map((interval) => create(IntervalSchema, interval));
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
  if (log === undefined) return undefined;
  const intervals = await sightIn(ledger, log, account);
  const entry = intervals && (await log.entry(id));
  return intervals === undefined || entry === undefined ? undefined : asSeenBy(intervals, entry);
}

export function isDeleted(entry: Entry): boolean {
  return entry.body.case === "message" && entry.body.value.state.case === "deleted";
}

export const targetNotFound: Refusal = {
  code: RejectionCode.TARGET_NOT_FOUND,
  reason: "There is no such message, or the sender cannot see it.",
};

export const targetDeleted: Refusal = { code: RejectionCode.TARGET_DELETED, reason: "The message was deleted." };
