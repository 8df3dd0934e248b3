import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { type EmojibaseEmoji, emojiRows, emojiWords, type Shortcodes } from "./emoji-rows.ts";

/** What the modules hold. */
const modules: Readonly<Record<string, () => { readonly name: string; readonly text: string }>> = {
  "virtual:emojis": () => ({ name: "rows", text: emojisText() }),
  "virtual:emoji-words-de": () => ({ name: "words", text: emojiWordsText("de") }),
};
/** So that nothing else takes it for a path. */
const RESOLVED = "\0";

/** Makes the module of all emojis and one for what they are called in each language besides English, and serves the licences of what is in them. */
export function emojisPlugin(): Plugin {
  return {
    name: "parley-emojis",
    resolveId: (id) => (id in modules ? `${RESOLVED}${id}` : undefined),
    load: (id) => {
      const made = id.startsWith(RESOLVED) ? modules[id.slice(RESOLVED.length)]?.() : undefined;
      // As text, which browsers read faster than a program.
      return made && `export const ${made.name} = JSON.parse(${JSON.stringify(made.text)});`;
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "emojis.LICENSE.txt", source: licences() });
    },
  };
}

function licences(): string {
  const unicode =
    "Names and words come from Unicode's CLDR, under the Unicode License v3: https://www.unicode.org/license.txt";
  return `The emojis are those of emojibase-data.\n\n${textOf("emojibase-data/LICENSE")}\n${unicode}\n`;
}

export function emojisText(): string {
  const shortcodes = ["iamcal", "github"].map((set) => read<Shortcodes>(`en/shortcodes/${set}`));
  return JSON.stringify(emojiRows(read<readonly EmojibaseEmoji[]>("en/data"), shortcodes));
}

/** @param language as emojibase names it */
export function emojiWordsText(language: string): string {
  const [emojis, translated] = ["en", language].map((one) => read<readonly EmojibaseEmoji[]>(`${one}/data`));
  return JSON.stringify(emojiWords(emojis ?? [], translated ?? []));
}

/** The package says what is in its files. */
function read<Content>(file: string): Content {
  return JSON.parse(textOf(`emojibase-data/${file}.json`)) as Content;
}

function textOf(file: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(file), "utf8");
}
