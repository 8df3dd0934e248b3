import type { EmojiWords } from "./emoji-words.ts";
import { en, type Texts } from "./en.ts";
import type { InspectorTexts } from "./en-inspector.ts";

/** A language that Parley speaks. */
export interface Language {
  /** Its own name for itself. */
  readonly name: string;
  readonly direction: "ltr" | "rtl";
  readonly texts: () => Texts | Promise<Texts>;
  readonly inspectorTexts: () => Promise<InspectorTexts>;
  /** Nothing where the emojis have their names in it already. */
  readonly emojiWords: () => Promise<EmojiWords | undefined>;
}

/** By the first part of their tags (BCP 47). English is what is spoken where no language fits, so it comes with the app; the others are fetched. */
export const languages = {
  en: {
    name: "English",
    direction: "ltr",
    texts: () => en,
    inspectorTexts: async () => (await import("./en-inspector.ts")).enInspector,
    emojiWords: async () => undefined,
  },
  de: {
    name: "Deutsch",
    direction: "ltr",
    texts: async () => (await import("./de.ts")).de,
    inspectorTexts: async () => (await import("./de-inspector.ts")).deInspector,
    emojiWords: async () => (await import("virtual:emoji-words-de")).words,
  },
} as const satisfies Readonly<Record<string, Language>>;

export type LanguageCode = keyof typeof languages;

/** A language, or the first of the browser's languages that there is. */
export type LanguageChoice = "system" | LanguageCode;

/** The type of the keys is what the object was made of. */
export const languageCodes = Object.keys(languages) as readonly LanguageCode[];

/** The language to speak, and the tag for its dates: that of the browser's which belongs to it, with its region. */
export interface SpokenLanguage {
  readonly code: LanguageCode;
  readonly tag: string;
}

/** @param preferred the browser's languages, the best first */
export function spokenLanguage(choice: LanguageChoice, preferred: readonly string[]): SpokenLanguage {
  const known = preferred.map((tag) => ({ tag, code: codeOf(tag) }));
  const code = choice === "system" ? (known.find((one) => one.code !== undefined)?.code ?? "en") : choice;
  return { code, tag: known.find((one) => one.code === code)?.tag ?? code };
}

function codeOf(tag: string): LanguageCode | undefined {
  const first = tag.toLowerCase().split("-")[0];
  return languageCodes.find((code) => code === first);
}
