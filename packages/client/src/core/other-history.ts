import type { Head } from "@parley/protocol";

/** Whether Welcome's incarnation is another history than the one that the device holds ("" if it holds nothing). */
export function isOtherHistory(held: string, welcomed: string): boolean {
  return held !== "" && held !== welcomed;
}

/**
 * Whether what a Welcome tells of a conversation shows that the server was set back: a history never ends earlier than before, or differently.
 *
 * @param now undefined if the server does not know the conversation
 */
export function isSetBack(held: Head, now: Head | undefined): boolean {
  if (held.seq === 0) return false;
  return now === undefined || now.seq < held.seq || (now.seq === held.seq && now.tag !== held.tag);
}

/**
 * Whether the history of a conversation may lack what the device knows of it: the conversation is gone, or it is Reset, which says nothing of
 * what came before. Only at the same head with the same tag it is surely the same.
 *
 * @param now undefined if the server does not know the conversation
 */
export function mayLackOwn(held: Head, now: Head | undefined): boolean {
  return held.seq > 0 && (now?.seq !== held.seq || now.tag !== held.tag);
}
