import type { EmojiBook } from "../features/emoji/view-model/emoji-book.ts";
import { drawsEmoji } from "./draws-emoji.ts";

/** Fetches what an app does not need to start. */
export async function fetchEmojis(document: Document): Promise<EmojiBook> {
  const [{ rows }, { EmojiBook }] = await Promise.all([
    import("virtual:emojis"),
    import("../features/emoji/view-model/emoji-book.ts"),
  ]);
  return new EmojiBook(rows, drawsEmoji(document));
}
