import type { SkinTone } from "./emoji.ts";

export interface EmojiHabits {
  readonly tone: SkinTone;
  /** As they were chosen, the latest first. */
  readonly recent: readonly string[];
}

export const noHabits: EmojiHabits = { tone: 0, recent: [] };

/** Keeps how somebody uses emojis. */
export interface EmojiMemory {
  read(): EmojiHabits;
  write(habits: EmojiHabits): void;
  clear(): void;
}
