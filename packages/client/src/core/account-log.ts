import type { AccountEvent, AccountPreferences } from "@parley/protocol";
import type { StoredMeta } from "../ports/client-store.ts";
import { hiddenAfter, hiddenTold } from "./account-hidden.ts";
import { preferencesAfter, preferencesTold } from "./account-preferences.ts";
import { savedAfter, savedTold } from "./account-saved.ts";

/** What a device holds of its account after an event of the account's log; the same where it held that already. */
export function applyAccountEvent(meta: StoredMeta, { seq, receivedAt, body }: AccountEvent): StoredMeta {
  if (seq <= meta.accountHead) return meta;
  const after = { ...meta, accountHead: seq };
  switch (body.case) {
    case "preferenceSet":
      return { ...after, preferences: preferencesAfter(meta.preferences, body.value) };
    case "savedSet":
      return { ...after, saved: savedAfter(meta.saved, body.value, receivedAt) };
    case "messagesHidden":
      return { ...after, hidden: hiddenAfter(meta.hidden, body.value, seq) };
    default:
      return after;
  }
}

/** What a Welcome tells takes the place of what was held: it is as of its account head. */
export function takeAccount(meta: StoredMeta, told: AccountPreferences, accountHead: number): StoredMeta {
  return { ...meta, accountHead, ...toldBy(told, accountHead) };
}

function toldBy(told: AccountPreferences, accountHead: number): Pick<StoredMeta, "preferences" | "saved" | "hidden"> {
  return { preferences: preferencesTold(told), saved: savedTold(told), hidden: hiddenTold(told, accountHead) };
}

/** Whether a store has taken from the events that it was told all that it should hold of them: one of an older version has not. */
export function knowsAccount({ preferences, saved, hidden }: StoredMeta): boolean {
  return preferences !== undefined && saved !== undefined && hidden !== undefined;
}
