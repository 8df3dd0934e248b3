import type { EmojiWords } from "./emoji-words.ts";
import type { Texts } from "./en.ts";
import type { InspectorTexts } from "./en-inspector.ts";
import type { TimeFormat } from "./time-format.ts";

/** How the app speaks to its reader. */
export interface Speech {
  /** Which language it is: another one for another language. */
  readonly code: string;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly inspectorTexts: () => Promise<InspectorTexts>;
  /** What emojis are called, where they are not called as in English. */
  readonly emojiWords: () => Promise<EmojiWords | undefined>;
}
