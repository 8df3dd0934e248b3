import { applyPreference, noPreferences, type Preferences } from "@parley/log";
import type { AccountEvent, AccountPreferences } from "@parley/protocol";
import type { StoredMeta, StoredPreferences } from "../ports/client-store.ts";
import type { Pending } from "./pending.ts";

/** What a device holds of its account after an event of the account's log; the same where it held that already. */
export function applyAccountEvent(meta: StoredMeta, { seq, body }: AccountEvent): StoredMeta {
  if (seq <= meta.accountHead) return meta;
  if (body.case !== "preferenceSet" || meta.preferences === undefined) return { ...meta, accountHead: seq };
  const { conversation, setting } = body.value;
  const before = meta.preferences.find((one) => one.conversation === conversation);
  const after = { conversation, ...applyPreference(before ?? noPreferences, setting) };
  const others = meta.preferences.filter((one) => one !== before);
  return { ...meta, accountHead: seq, preferences: [...others, after] };
}

/** What a Welcome tells takes the place of what was held: it is as of its account head. */
export function takePreferences(meta: StoredMeta, told: AccountPreferences, accountHead: number): StoredMeta {
  const preferences = told.conversations.map(
    ({ conversation, pinned, mutedUntil, archivedUpTo }): StoredPreferences => {
      return { conversation, pinned, mutedUntil, archivedUpTo };
    },
  );
  return { ...meta, accountHead, preferences };
}

/** Preferences by conversation, with the pending changes to them: those that are not part of the account log that the device holds. */
export function preferencesWith(
  { preferences, accountHead }: StoredMeta,
  commands: readonly Pending[],
): ReadonlyMap<string, Preferences> {
  const all = new Map<string, Preferences>(preferences?.map((one) => [one.conversation, one]));
  for (const { command, entry } of commands) {
    const { body } = command;
    if (body.case !== "setPreference" || !isOpen(entry.state, accountHead)) continue;
    const { conversation, setting } = body.value;
    all.set(conversation, applyPreference(all.get(conversation) ?? noPreferences, setting));
  }
  return all;
}

function isOpen(state: Pending["entry"]["state"], accountHead: number): boolean {
  if (state.kind === "accepted") return state.seq > accountHead;
  return state.kind !== "rejected";
}
