/** All emojis; made by the build. */
declare module "virtual:emojis" {
  export const rows: readonly import("./features/emoji/view-model/emoji-row.ts").EmojiRow[];
}
