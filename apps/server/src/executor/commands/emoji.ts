import { type Entry, limits, RejectionCode } from "@parley/protocol";
import type { Refusal } from "../ruling.ts";

/** One grapheme cluster of bounded size. */
export function validateEmoji(emoji: string): Refusal | undefined {
  const bounded =
    emoji.length > 0 && emoji.isWellFormed() && new TextEncoder().encode(emoji).length <= limits.emojiBytes;
  if (bounded && [...new Intl.Segmenter().segment(emoji)].length === 1) return undefined;
  return { code: RejectionCode.INVALID, reason: "emoji is not one character." };
}

export function hasReacted(message: Entry, emoji: string, account: string): boolean {
  if (message.body.case !== "message") return false;
  return message.body.value.reactions.some((one) => one.emoji === emoji && one.accounts.includes(account));
}
