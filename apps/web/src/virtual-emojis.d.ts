/** All emojis; made by the build. */
declare module "virtual:emojis" {
  export const rows: readonly import("./features/emoji/view-model/emoji-row.ts").EmojiRow[];
}

/** What each of them is called in German. */
declare module "virtual:emoji-words-de" {
  export const words: import("./texts/emoji-words.ts").EmojiWords;
}
