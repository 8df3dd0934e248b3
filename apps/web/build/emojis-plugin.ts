import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { type EmojibaseEmoji, emojiRows, type Shortcodes } from "./emoji-rows.ts";

const NAME = "virtual:emojis";
/** So that nothing else takes it for a path. */
const RESOLVED = `\0${NAME}`;

/** Makes the module of all emojis, and serves the licences of what is in it. */
export function emojisPlugin(): Plugin {
  return {
    name: "parley-emojis",
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    // As text, which browsers read faster than a program.
    load: (id) => (id === RESOLVED ? `export const rows = JSON.parse(${JSON.stringify(emojisText())});` : undefined),
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

/** What the module holds. */
export function emojisText(): string {
  const shortcodes = ["iamcal", "github"].map((set) => read<Shortcodes>(`shortcodes/${set}`));
  return JSON.stringify(emojiRows(read<readonly EmojibaseEmoji[]>("data"), shortcodes));
}

/** The package says what is in its files. */
function read<Content>(file: string): Content {
  return JSON.parse(textOf(`emojibase-data/en/${file}.json`)) as Content;
}

function textOf(file: string): string {
  return readFileSync(createRequire(import.meta.url).resolve(file), "utf8");
}
