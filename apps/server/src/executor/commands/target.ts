import { asSeenBy } from "@parley/log";
import { type Entry, RejectionCode, uuidVersion } from "@parley/protocol";
import type { Attempt } from "../attempt.ts";
import type { Refusal } from "../ruling.ts";
import { placeOf } from "./membership.ts";

export function validateTarget(target: string): Refusal | undefined {
  if (uuidVersion(target) !== undefined) return undefined;
  return { code: RejectionCode.INVALID, reason: "target is not an id." };
}

/** The message that a command refers to, if the sender can see it. */
export async function findMessage(attempt: Attempt, target: string): Promise<Entry | undefined> {
  const { log, member } = await placeOf(attempt);
  const entry = await log.entry(target);
  if (entry?.body.case !== "message") return undefined;
  return asSeenBy(member.intervals, entry);
}

export function isDeleted(entry: Entry): boolean {
  return entry.body.case === "message" && entry.body.value.state.case === "deleted";
}

export const targetNotFound: Refusal = {
  code: RejectionCode.TARGET_NOT_FOUND,
  reason: "There is no such message, or the sender cannot see it.",
};

export const targetDeleted: Refusal = { code: RejectionCode.TARGET_DELETED, reason: "The message was deleted." };
