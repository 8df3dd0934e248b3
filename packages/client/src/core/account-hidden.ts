import {
  afterBlocked,
  clearedUpTo,
  type HiddenRuns,
  hideRuns,
  noHiddenRuns,
  type Range,
  type Ranges,
  rangeAt,
} from "@parley/log";
import type { AccountPreferences, Entry, HideMessages, MessagesHidden } from "@parley/protocol";
import type { StoredBlocked, StoredHidden } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type StoredList = readonly StoredHidden[] | undefined;

/** What one does not want to see of a conversation: a filter of the view, never of what is held. */
export interface Hidden {
  readonly runs: Ranges;
  /** The account head as of which the runs are so; 0 if nothing was ever told. */
  readonly asOf: number;
  /** Ids of messages that the outbox is to hide. */
  readonly pending: ReadonlySet<string>;
  /** Up to this ordinal the outbox is to hide everything. */
  readonly pendingUpTo: number;
  /** The conversation is out of the list until there is an entry after this ordinal; 0 if it is listed. */
  readonly unlistedUpTo: number;
  /** Accounts whose messages do not count and are drawn folded, and the last seq whose content is drawn all the same. */
  readonly blocked: ReadonlyMap<string, number>;
  /** Those of them of whom the account's log says so already. */
  readonly blockedInLog: ReadonlySet<string>;
  /** Of a direct conversation: from where on it is left out, because the other one is blocked. Its run has no end. */
  readonly cut: StoredBlocked | undefined;
}

export const nothingHidden: Hidden = {
  runs: [],
  asOf: 0,
  pending: new Set(),
  pendingUpTo: 0,
  unlistedUpTo: 0,
  blocked: new Map(),
  blockedInLog: new Set(),
  cut: undefined,
};

/** What is not in the log yet has no ordinal. */
export function isHidden(hidden: Hidden, { id, ordinal }: Pick<Entry, "id" | "ordinal">): boolean {
  if (hidden.pending.size > 0 && hidden.pending.has(id)) return true;
  if (ordinal > 0 && ordinal <= hidden.pendingUpTo) return true;
  return isHiddenInLog(hidden, { ordinal });
}

/** The last ordinal of what was cleared, or is to be; 0 if nothing is. */
export function clearedIn({ runs, pendingUpTo }: Hidden): number {
  return Math.max(clearedUpTo(runs), pendingUpTo);
}

/** Whether the account's log says so already. */
export function isHiddenInLog({ runs }: Pick<Hidden, "runs">, { ordinal }: Pick<Entry, "ordinal">): boolean {
  return runs.length > 0 && rangeAt(runs, ordinal) !== undefined;
}

/** What is hidden after an event; what was never told stays unknown. */
export function hiddenAfter(stored: StoredList, event: MessagesHidden, seq: number): StoredList {
  if (stored === undefined) return undefined;
  const { conversation } = event;
  const before = stored.find((one) => one.conversation === conversation);
  const after = { conversation, ...hideRuns(runsOf(before), event), asOf: seq };
  return [...stored.filter((one) => one !== before), after];
}

/** The same once somebody is blocked no more. */
export function hiddenAfterBlock(stored: StoredList, conversation: string, run: Range, asOf: number): StoredList {
  if (stored === undefined) return undefined;
  const before = stored.find((one) => one.conversation === conversation);
  const after = { conversation, ...afterBlocked(runsOf(before), run), asOf };
  return [...stored.filter((one) => one !== before), after];
}

export function hiddenTold({ hidden }: AccountPreferences, accountHead: number): readonly StoredHidden[] {
  return hidden.map(({ conversation, runs, unlistedUpTo }) => {
    return { conversation, ...hideRuns(noHiddenRuns, { runs, unlists: false }), unlistedUpTo, asOf: accountHead };
  });
}

/** What is hidden, by conversation, with what the outbox is to hide: what is not part of the account log that the device holds. */
export function hiddenWith(
  stored: StoredList,
  accountHead: number,
  commands: readonly Pending[],
): ReadonlyMap<string, Hidden> {
  const all = new Map<string, Hidden>();
  for (const one of stored ?? []) all.set(one.conversation, { ...nothingHidden, ...runsOf(one), asOf: one.asOf });
  for (const pending of commands) {
    const { body } = pending.command;
    if (body.case !== "hideMessages" || !isOpenIn(pending, accountHead)) continue;
    const { conversation } = body.value;
    all.set(conversation, withPending(all.get(conversation) ?? nothingHidden, body.value));
  }
  return all;
}

function withPending(hidden: Hidden, { messages, upTo, unlists }: HideMessages): Hidden {
  if (upTo === 0) return { ...hidden, pending: new Set([...hidden.pending, ...messages]) };
  const unlistedUpTo = Math.max(hidden.unlistedUpTo, unlists ? upTo : 0);
  return { ...hidden, pendingUpTo: Math.max(hidden.pendingUpTo, upTo), unlistedUpTo };
}

export function isSameHidden(one: Hidden, other: Hidden): boolean {
  const samePending = one.pending.size === other.pending.size && [...one.pending].every((id) => other.pending.has(id));
  const sameEnds = one.pendingUpTo === other.pendingUpTo && one.unlistedUpTo === other.unlistedUpTo;
  const sameBlocks = isSameMap(one.blocked, other.blocked) && one.cut?.ordinal === other.cut?.ordinal;
  const sameInLog =
    one.blockedInLog.size === other.blockedInLog.size &&
    [...one.blockedInLog].every((id) => other.blockedInLog.has(id));
  return (
    one.asOf === other.asOf && samePending && sameEnds && sameBlocks && sameInLog && isSameRuns(one.runs, other.runs)
  );
}

function isSameMap(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one === other || (one.size === other.size && [...one].every(([id, seq]) => other.get(id) === seq));
}

function isSameRuns(one: Ranges, other: Ranges): boolean {
  if (one === other) return true;
  return (
    one.length === other.length &&
    one.every(({ from, to }, index) => from === other[index]?.from && to === other[index]?.to)
  );
}

function runsOf(stored: StoredHidden | undefined): HiddenRuns {
  return { runs: stored?.runs ?? [], unlistedUpTo: stored?.unlistedUpTo ?? 0 };
}
