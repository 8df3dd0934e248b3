import { applyPreference, noPreferences, type Preferences } from "@parley/log";
import type { AccountPreferences, PreferenceSet } from "@parley/protocol";
import type { StoredPreferences } from "../ports/client-store.ts";
import { isOpenIn, type Pending } from "./pending.ts";

type StoredList = readonly StoredPreferences[] | undefined;

/** The stored preferences with one setting as it is now; what was never told stays unknown. */
export function preferencesAfter(stored: StoredList, { conversation, setting }: PreferenceSet): StoredList {
  if (stored === undefined) return undefined;
  const before = stored.find((one) => one.conversation === conversation);
  const after = { conversation, ...applyPreference(before ?? noPreferences, setting) };
  return [...stored.filter((one) => one !== before), after];
}

export function preferencesTold({ conversations }: AccountPreferences): readonly StoredPreferences[] {
  return conversations.map((told) => {
    const { conversation, pinned, mutedUntil, archivedUpTo, markedUnread, requestAnswer } = told;
    return { conversation, pinned, mutedUntil, archivedUpTo, markedUnread, requestAnswer };
  });
}

/** Preferences by conversation, with the pending changes to them: those that are not part of the account log that the device holds. */
export function preferencesWith(
  stored: StoredList,
  accountHead: number,
  commands: readonly Pending[],
): ReadonlyMap<string, Preferences> {
  const all = new Map<string, Preferences>(stored?.map((one) => [one.conversation, one]));
  for (const pending of commands) {
    const { body } = pending.command;
    if (body.case !== "setPreference" || !isOpenIn(pending, accountHead)) continue;
    const { conversation, setting } = body.value;
    all.set(conversation, applyPreference(all.get(conversation) ?? noPreferences, setting));
  }
  return all;
}
