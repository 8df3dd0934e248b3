import type { Message, Profile } from "@parley/protocol";
import type { MentionView } from "../api/timeline-view.ts";
import { everyone } from "./mentions.ts";

/** All members, the viewer among them. Apps name them in the words of their people. */
export const everyoneView: MentionView = { ...everyone, displayName: everyone.userName, me: true };

const NOBODY: readonly MentionView[] = [];

/** Those whom a message mentions, in the order of its envelope; without accounts whose profile never came, whose names nobody could tell from text. */
export function mentionViews(
  { envelope }: Message,
  viewer: string,
  profiles: ReadonlyMap<string, Profile>,
): readonly MentionView[] {
  if (envelope === undefined || (envelope.mentions.length === 0 && !envelope.everyone)) return NOBODY;
  const all = envelope.everyone ? [everyoneView] : NOBODY;
  const named = [...new Set(envelope.mentions)].flatMap((account) => {
    const profile = profiles.get(account);
    if (profile === undefined) return [];
    const { userName, displayName } = profile;
    return [{ account, userName, displayName: displayName || userName, me: account === viewer }];
  });
  return [...all, ...named];
}
