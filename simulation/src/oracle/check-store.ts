import { create, equals } from "@bufbuild/protobuf";
import type { StoredConversation } from "@parley/client";
import { type Entry, EntrySchema, MessageSchema } from "@parley/protocol";
import { isErasedHere, mayBeOver } from "./check-expiry.ts";
import { differencesOf } from "./differences-of.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** A device that has stored something. */
export interface Holder {
  readonly device: string;
  readonly viewer: string;
  readonly history: LogHistory;
  /** Rows that were found to equal a true one, so that each is compared only once. */
  readonly verified: WeakMap<Entry, Entry>;
  readonly now: number;
}

/**
 * Judges what a device has stored of a conversation: every row of its ranges as of its head, or newer. A store whose tag differs belongs to
 * another history and is not judged: it will be reset.
 */
export function checkStored(
  { device, viewer, history, verified, now }: Holder,
  stored: StoredConversation,
  entriesBetween: (from: number, to: number) => readonly Entry[],
): Violation[] {
  const { head, ranges } = stored;
  if (head.seq === 0 || tagAt(history, head.seq) !== head.tag) return [];
  const violations: Violation[] = [];
  for (const { from, to } of ranges) {
    const entries = new Map(entriesBetween(from, to).map((entry) => [entry.ordinal, entry]));
    for (let ordinal = from; ordinal <= to; ordinal++) {
      const where = `${device} has stored ${stored.id} as of ${head.seq}`;
      violations.push(...checkRow({ history, viewer, verified, now }, ordinal, head.seq, entries.get(ordinal), where));
    }
  }
  return violations;
}

function tagAt(history: LogHistory, seq: number): number | undefined {
  return history.events[seq - 1]?.tag;
}

function checkRow(
  { history, viewer, verified, now }: Omit<Holder, "device">,
  ordinal: number,
  head: number,
  stored: Entry | undefined,
  where: string,
): Violation[] {
  const expected = history.seen(viewer, ordinal, head);
  if (expected === undefined) {
    return stored === undefined
      ? []
      : [{ rule: "VIS1", detail: `${where}: ordinal ${ordinal}, which is out of sight` }];
  }
  if (stored === undefined) return [{ rule: "RNG1", detail: `${where}: no ordinal ${ordinal} inside a range` }];
  if (stored.rev < expected.rev) {
    return [{ rule: "RNG2", detail: `${where}: ordinal ${ordinal} at rev ${stored.rev}, not ${expected.rev}` }];
  }
  // Newer than anything in the log: an erasure of a history that was set back, told to who had left it.
  if (stored.rev > history.head) return [];
  const then = history.seen(viewer, ordinal, stored.rev);
  if (isErasedHere(stored) && mayBeOver(history.historyAt(ordinal), now)) return [];
  // An edit that travelled without content is fetched; until then the row is withheld. An erasure that reaches who has left does not say by whom.
  if (then === undefined || isWithheld(stored) || (isDeleted(stored) && isDeleted(then))) return [];
  if (verified.get(stored) === then || equals(EntrySchema, withTimesOf(stored, then), stored)) {
    verified.set(stored, then);
    return [];
  }
  const differences = differencesOf(stored, then);
  return [{ rule: "LOG2", detail: `${where}: another ordinal ${ordinal} at rev ${stored.rev}: ${differences}` }];
}

function isWithheld(entry: Entry): boolean {
  return entry.body.case === "message" && entry.body.value.state.case === "withheld";
}

function isDeleted(entry: Entry): boolean {
  return entry.body.case === "message" && entry.body.value.state.case === "deleted";
}

/** A command that is carried out again after a restore has the same id, but another time. Where it took the same seq, that difference stays. */
function withTimesOf(stored: Entry, then: Entry): Entry {
  if (stored.body.case !== "message" || then.body.case !== "message") {
    return create(EntrySchema, { ...then, receivedAt: stored.receivedAt });
  }
  const { editedAt, expiry } = stored.body.value;
  const value = create(MessageSchema, { ...then.body.value, editedAt });
  if (expiry !== undefined && value.expiry !== undefined) value.expiry = expiry;
  return create(EntrySchema, { ...then, receivedAt: stored.receivedAt, body: { case: "message", value } });
}
