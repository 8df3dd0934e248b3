import { type PreferenceSet, RequestAnswer } from "@parley/protocol";

/** How an account treats a conversation. */
export interface Preferences {
  readonly pinned: boolean;
  /** Milliseconds since 1970, the server's clock; 0 if it is not muted. */
  readonly mutedUntil: number;
  /** Put away with its entries up to this ordinal; 0 if it is not. */
  readonly archivedUpTo: number;
  /** Shown as if something in it were unread, whatever is read. */
  readonly markedUnread: boolean;
  /** What it says to the message request that the conversation is. */
  readonly requestAnswer: RequestAnswer;
}

export type PreferenceSetting = PreferenceSet["setting"];

export const noPreferences: Preferences = {
  pinned: false,
  mutedUntil: 0,
  archivedUpTo: 0,
  markedUnread: false,
  requestAnswer: RequestAnswer.UNSPECIFIED,
};

/** The preferences with one setting as it is now: the same where that changes nothing. */
export function applyPreference(before: Preferences, setting: PreferenceSetting): Preferences {
  if (setting.case === undefined || before[setting.case] === setting.value) return before;
  return { ...before, [setting.case]: setting.value };
}

export function isMuted({ mutedUntil }: Preferences, now: number): boolean {
  return mutedUntil > now;
}

/** What is archived comes back with its next entry, unless it is muted. */
export function isArchived(preferences: Preferences, entryHead: number, now: number): boolean {
  const { archivedUpTo } = preferences;
  return archivedUpTo > 0 && (entryHead <= archivedUpTo || isMuted(preferences, now));
}
