import type { ConversationView } from "@parley/client";

/** For how long a conversation can be muted. */
export type MuteLength = "hour" | "workday" | "week" | "ever";

export const muteLengths: readonly MuteLength[] = ["hour", "workday", "week", "ever"];

const HOUR_MS = 60 * 60_000;

/** When a mute ends that begins now. */
export function muteEnd(length: MuteLength, now: number): number {
  switch (length) {
    case "hour":
      return now + HOUR_MS;
    case "workday":
      return now + 8 * HOUR_MS;
    case "week":
      return now + 7 * 24 * HOUR_MS;
    case "ever":
      return Number.POSITIVE_INFINITY;
  }
}

/** How a conversation is treated now. */
export interface ShownPreferences {
  readonly pinned: boolean;
  readonly muted: boolean;
  readonly archived: boolean;
}

export function shownPreferences({ pinned, mutedUntil, archived }: ConversationView): ShownPreferences {
  return { pinned, muted: mutedUntil > 0, archived };
}

/** What a person does about that, by the id of the conversation. */
export interface PreferenceDeeds {
  readonly pin: (conversation: string, pinned: boolean) => void;
  /** @param length undefined to end the mute */
  readonly mute: (conversation: string, length: MuteLength | undefined) => void;
  readonly archive: (conversation: string, archived: boolean) => void;
  /** Deletes for oneself all that is in it. @param unlists it is out of the list, too */
  readonly clear: (conversation: string, unlists: boolean) => void;
  /** Says yes or no to a message request. */
  readonly answerRequest: (conversation: string, accept: boolean) => void;
  /** Somebody is blocked on all one's devices, or no more. */
  readonly block: (account: string, blocked: boolean) => void;
}
