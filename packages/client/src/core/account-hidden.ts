import { addRange, type Ranges, rangeAt } from "@parley/log";
import type { AccountPreferences, Entry, MessagesHidden, OrdinalRun } from "@parley/protocol";
import type { StoredHidden } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type StoredList = readonly StoredHidden[] | undefined;

/** What one does not want to see of a conversation: a filter of the view, never of what is held. */
export interface Hidden {
  readonly runs: Ranges;
  /** The account head as of which the runs are so; 0 if nothing was ever told. */
  readonly asOf: number;
  /** Ids of messages that the outbox is to hide. */
  readonly pending: ReadonlySet<string>;
}

export const nothingHidden: Hidden = { runs: [], asOf: 0, pending: new Set() };

export function isHidden({ runs, pending }: Hidden, { id, ordinal }: Pick<Entry, "id" | "ordinal">): boolean {
  if (pending.size > 0 && pending.has(id)) return true;
  return isHiddenInLog({ runs }, { ordinal });
}

/** Whether the account's log says so already. */
export function isHiddenInLog({ runs }: Pick<Hidden, "runs">, { ordinal }: Pick<Entry, "ordinal">): boolean {
  return runs.length > 0 && rangeAt(runs, ordinal) !== undefined;
}

/** What is hidden after an event; what was never told stays unknown. */
export function hiddenAfter(stored: StoredList, { conversation, runs }: MessagesHidden, seq: number): StoredList {
  if (stored === undefined) return undefined;
  const before = stored.find((one) => one.conversation === conversation);
  const after = { conversation, runs: withRuns(before?.runs ?? [], runs), asOf: seq };
  return [...stored.filter((one) => one !== before), after];
}

export function hiddenTold({ hidden }: AccountPreferences, accountHead: number): readonly StoredHidden[] {
  return hidden.map(({ conversation, runs }) => ({ conversation, runs: withRuns([], runs), asOf: accountHead }));
}

/** What is hidden, by conversation, with what the outbox is to hide: what is not part of the account log that the device holds. */
export function hiddenWith(
  stored: StoredList,
  accountHead: number,
  commands: readonly Pending[],
): ReadonlyMap<string, Hidden> {
  const all = new Map<string, Hidden>();
  for (const { conversation, runs, asOf } of stored ?? []) all.set(conversation, { ...nothingHidden, runs, asOf });
  for (const pending of commands) {
    const { body } = pending.command;
    if (body.case !== "hideMessages" || !isOpenIn(pending, accountHead)) continue;
    const { conversation, messages } = body.value;
    const before = all.get(conversation) ?? nothingHidden;
    all.set(conversation, { ...before, pending: new Set([...before.pending, ...messages]) });
  }
  return all;
}

export function isSameHidden(one: Hidden, other: Hidden): boolean {
  const samePending = one.pending.size === other.pending.size && [...one.pending].every((id) => other.pending.has(id));
  return one.runs === other.runs && one.asOf === other.asOf && samePending;
}

function withRuns(before: Ranges, added: readonly OrdinalRun[]): Ranges {
  return added.reduce<Ranges>((all, { from, to }) => addRange(all, { from, to }), before);
}
