import type { AccountEvent, AccountPreferences } from "@parley/protocol";
import type { StoredMeta } from "../ports/client-store.ts";
import { blockedAfter, blockedTold, hiddenOnceUnblocked } from "./account-blocked.ts";
import { hiddenAfter, hiddenTold } from "./account-hidden.ts";
import { preferencesAfter, preferencesTold } from "./account-preferences.ts";
import { remindersKept, remindersTold } from "./account-reminders.ts";
import { savedAfter, savedTold } from "./account-saved.ts";
import { failedAfter, scheduledAfter, scheduledTold, without } from "./account-scheduled.ts";

/** What a device holds of its account after an event of the account's log; the same where it held that already. */
export function applyAccountEvent(meta: StoredMeta, event: AccountEvent): StoredMeta {
  const { seq, receivedAt, body } = event;
  if (seq <= meta.accountHead) return meta;
  const after = { ...meta, accountHead: seq };
  switch (body.case) {
    case "preferenceSet":
      return { ...after, preferences: preferencesAfter(meta.preferences, body.value) };
    case "savedSet":
      return { ...after, saved: savedAfter(meta.saved, body.value, receivedAt) };
    case "messagesHidden":
      return { ...after, hidden: hiddenAfter(meta.hidden, body.value, seq) };
    case "messageScheduled":
      return { ...after, scheduled: scheduledAfter(meta.scheduled, body.value) };
    case "scheduledEnded":
      return { ...after, scheduled: without(meta.scheduled, body.value.target) };
    case "blockedSet": {
      const hidden = hiddenOnceUnblocked(meta.hidden, body.value, seq);
      return { ...after, hidden, blocked: blockedAfter(meta.blocked, body.value, receivedAt, seq) };
    }
    case "scheduledFailed":
      return { ...after, scheduled: failedAfter(meta.scheduled, body.value) };
    case "reminderSet":
    case "reminderDue":
    case "reminderEnded":
      return { ...after, ...remindersKept(meta, event) };
    default:
      return after;
  }
}

/** What a Welcome tells takes the place of what was held: it is as of its account head. */
export function takeAccount(meta: StoredMeta, told: AccountPreferences, accountHead: number): StoredMeta {
  return { ...meta, accountHead, ...toldBy(told, accountHead) };
}

type Told = Pick<StoredMeta, "preferences" | "saved" | "hidden" | "scheduled" | "blocked" | "reminders">;

function toldBy(told: AccountPreferences, accountHead: number): Told {
  return {
    preferences: preferencesTold(told),
    saved: savedTold(told),
    hidden: hiddenTold(told, accountHead),
    scheduled: scheduledTold(told),
    blocked: blockedTold(told, accountHead),
    reminders: remindersTold(told),
  };
}

/** Whether a store has taken from the events that it was told all that it should hold of them: one of an older version has not. */
export function knowsAccount({ preferences, saved, hidden, scheduled, blocked, reminders }: StoredMeta): boolean {
  return [preferences, saved, hidden, scheduled, blocked, reminders].every((told) => told !== undefined);
}
