import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { foldBlocks } from "./fold-blocks.ts";
import { parseRichText } from "./parse-rich-text.ts";
import type { Block } from "./rich-text.ts";
import { visibleText } from "./visible-text.ts";

const folded = (text: string) => foldBlocks(parseRichText(text));
const beginning = (text: string) => visibleText(folded(text) ?? []);

describe("a text is folded", () => {
  test("where it has more than 24 lines, to 16", () => {
    const lines = (n: number) => Array.from({ length: n }, (_, line) => `line ${line}`).join("\n");
    expect(folded(lines(24))).toBeUndefined();
    expect(beginning(lines(25)).split("\n")).toHaveLength(16);
    expect(folded("\n\n\n".repeat(30))).toBeUndefined();
    expect(beginning(`a${"\n".repeat(30)}b`)).toBe(`a${"\n".repeat(15)}`);
  });

  test("where it is as long as that without a line's end, between two words", () => {
    const words = "a word ".repeat(300);
    expect(folded(words.slice(0, 24 * 60))).toBeUndefined();
    expect(beginning(words)).toMatch(/^(?:a word )+(?:a|a word)…$/);
    expect(beginning(words).length).toBeLessThanOrEqual(16 * 60 + 1);
  });

  test("within code, quotes and lists, which stay what they are", () => {
    const kinds = (blocks: readonly Block[] | undefined) => blocks?.map(({ kind }) => kind);
    expect(kinds(folded(`\`\`\`\n${"x\n".repeat(40)}\`\`\`\nend`))).toEqual(["code"]);
    expect(kinds(folded(`> ${"a\n> ".repeat(40)}b\nend`))).toEqual(["quote"]);
    expect(folded("- a\n".repeat(40))).toMatchObject([{ kind: "list", items: { length: 16 } }]);
  });

  test("without cutting an address into another one, a name, or what reads as one character", () => {
    const link = `https://example.org/${"a".repeat(2_000)}`;
    expect(folded(link)).toMatchObject([{ lines: [[{ kind: "text" }]] }]);
    expect(beginning("👩‍❤️‍💋‍👨".repeat(300))).toMatch(/^(?:👩‍❤️‍💋‍👨)+…$/u);
    expect(beginning("\u{1d54e}".repeat(3_000)).isWellFormed()).toBe(true);
  });
});

describe("whatever the text", () => {
  test("its beginning is short, and what it begins with", () => {
    const long = fc.array(fc.constantFrom("word ", "\n", "- a\n", "> b\n", "**c** ", "`d`", "漢".repeat(30)), {
      minLength: 100,
      maxLength: 400,
    });
    fc.assert(
      fc.property(long, (parts) => {
        const whole = visibleText(parseRichText(parts.join("")));
        const part = beginning(parts.join(""));
        expect(whole.startsWith(part.replace(/…$/u, ""))).toBe(true);
        expect(part.split("\n").length).toBeLessThanOrEqual(16);
      }),
    );
  });

  test.each(Object.entries(hostileTexts))("its beginning is small: %s", (_, text) => {
    expect(beginning(text).length).toBeLessThanOrEqual(16 * 60 + 40);
  });
});
