import type { EmojiBook } from "../features/emoji/view-model/emoji-book.ts";
import type { Speech } from "../texts/speech.ts";
import { drawsEmoji } from "./draws-emoji.ts";

/** Fetches what an app does not need to start. */
export async function fetchEmojis(document: Document, { emojiWords }: Pick<Speech, "emojiWords">): Promise<EmojiBook> {
  const [{ rows }, words, { EmojiBook }] = await Promise.all([
    import("virtual:emojis"),
    // Better by their English names than not at all.
    emojiWords().catch(() => undefined),
    import("../features/emoji/view-model/emoji-book.ts"),
  ]);
  return new EmojiBook(rows, drawsEmoji(document), words);
}
