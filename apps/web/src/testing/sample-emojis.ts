import { EmojiBook } from "../features/emoji/view-model/emoji-book.ts";
import type { EmojiHabits, EmojiMemory } from "../features/emoji/view-model/emoji-memory.ts";
import { noHabits } from "../features/emoji/view-model/emoji-memory.ts";
import type { EmojiRow } from "../features/emoji/view-model/emoji-row.ts";

const rows: readonly EmojiRow[] = [
  ["😀", "grinning face", 0, "grinning", "happy|smile", 0, 0],
  ["😃", "grinning face with big eyes", 0, "smiley", "happy|smile", 0, 0],
  ["😄", "grinning face with smiling eyes", 0, "smile", "happy|laugh", 0, 0],
  ["🫩", "face with bags under eyes", 0, "face_with_bags_under_eyes", "tired", 16, 0],
  ["👍", "thumbs up", 1, "+1 thumbsup", "good|like|yes", 0, 1],
  ["☝️", "index pointing up", 1, "point_up", "finger", 0, 1],
  ["❤️", "red heart", 7, "heart", "love", 0, 0],
  ["🖤", "black heart", 7, "black_heart", "evil", 0, 0],
  ["🇨🇮", "flag: Côte d’Ivoire", 8, "flag-ci", "ci", -1, 0],
];

/** A few emojis, on a system that draws flags and none that is new. */
export function sampleEmojis(): EmojiBook {
  return new EmojiBook(rows, (text) => text !== "🫩");
}

/** Remembers until the test is over. */
export class MapEmojiMemory implements EmojiMemory {
  habits: EmojiHabits = noHabits;
  read = (): EmojiHabits => this.habits;
  write = (habits: EmojiHabits): void => {
    this.habits = habits;
  };
  clear = (): void => this.write(noHabits);
}
