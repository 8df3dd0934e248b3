import type { Message, Profile } from "@parley/protocol";
import type { MentionView } from "../api/timeline-view.ts";

const NOBODY: readonly MentionView[] = [];

/** Those whom a message mentions, in the order of its envelope; without accounts whose profile never came, whose names nobody could tell from text. */
export function mentionViews(
  { envelope }: Message,
  viewer: string,
  profiles: ReadonlyMap<string, Profile>,
): readonly MentionView[] {
  if (envelope === undefined || envelope.mentions.length === 0) return NOBODY;
  return [...new Set(envelope.mentions)].flatMap((account) => {
    const profile = profiles.get(account);
    if (profile === undefined) return [];
    const { userName, displayName } = profile;
    return [{ account, userName, displayName: displayName || userName, me: account === viewer }];
  });
}
