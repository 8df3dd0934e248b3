import type { MessagePlace } from "../api/placed-message.ts";

/** Ids of messages by their conversations. */
export function byConversation(places: readonly MessagePlace[]): ReadonlyMap<string, ReadonlySet<string>> {
  const grouped = new Map<string, Set<string>>();
  for (const { conversation, message } of places) {
    const known = grouped.get(conversation);
    if (known === undefined) grouped.set(conversation, new Set([message]));
    else known.add(message);
  }
  return grouped;
}
