import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { excerptOf, matches, searchWords } from "./search-text.ts";

function finds(text: string, query: string): boolean {
  return matches(text, searchWords(query));
}

/** The excerpt with what was found in brackets. */
function marked(text: string, query: string): string {
  return excerptOf(text, searchWords(query))
    .map((part) => (part.hit ? `[${part.text}]` : part.text))
    .join("");
}

describe("[SEA2] what matches", () => {
  test.each<[string, string, string]>([
    ["case", "Lunch at NOON", "lunch noon"],
    ["part of a word", "rescheduled", "sched"],
    ["words in any order", "the red house", "house red"],
    ["accents", "Crème brûlée à la carte", "creme brulee a"],
    ["accents in the query", "resume", "résumé"],
    ["combining marks", "cafe\u0301", "café"],
    ["a letter with a combining mark typed alone", "café", "cafe\u0301"],
    ["sharp s", "Straße", "strasse"],
    ["capital sharp s", "STRAẞE", "straße"],
    ["Turkish dotted capital", "İstanbul", "istanbul"],
    ["Turkish dotless", "ışık", "isik"],
    ["Turkish dotless capital", "IŞIK", "ışık"],
    ["final sigma", "Οδυσσεύς", "οδυσσευσ"],
    ["ligatures", "oﬃce", "office"],
    ["full width", "ＡＢＣ１２３", "abc123"],
    ["half-width kana", "ｶﾞｲﾄﾞ", "ガイド"],
    ["Chinese, part of a run", "我们明天见面吧", "明天"],
    ["Japanese", "東京都に住んでいます", "京都"],
    ["Korean", "안녕하세요", "녕하"],
    ["Arabic with and without vowels", "مُحَمَّد", "محمد"],
    ["Hebrew with and without points", "שָׁלוֹם", "שלום"],
    ["Scandinavian letters", "Søren Ærø", "soren aero"],
    ["emoji", "party 🎉 tonight", "🎉"],
    ["emoji with another presentation", "I ❤️ it", "❤"],
    ["emoji of several", "👩‍💻 at work", "💻"],
    ["what cannot be seen", "soft\u00adhyphen", "softhyphen"],
    ["line breaks between words", "one\ntwo", "one two"],
    ["punctuation", "see https://example.org/a?b=c", "example.org/a?b"],
  ])("%s", (_, text, query) => expect(finds(text, query)).toBe(true));

  test.each<[string, string, string]>([
    ["a word that is missing", "the red house", "red car"],
    ["another syllable", "かき", "かぎ"],
    ["another vowel", "कि", "का"],
    ["another emoji", "🎉", "🎊"],
    ["part of a character", "🎉", "\ud83c"],
  ])("not %s", (_, text, query) => expect(finds(text, query) && query.isWellFormed()).toBe(false));

  test("nothing but spaces and accents is no query", () => expect(searchWords(" \u0301\n\u200d ")).toEqual([]));

  test("a text finds itself, and each of its words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(finds(text, text)).toBe(true);
        for (const word of text.split(/\s+/u)) expect(finds(text, word)).toBe(true);
      }),
    );
  });
});

describe("[SEA2] excerpts", () => {
  test.each<[string, string, string, string]>([
    ["every hit", "Ana and ana", "ANA", "[Ana] and [ana]"],
    ["several words", "the red house", "house red", "the [red] [house]"],
    ["overlaps are one", "abcd", "abc bcd", "[abcd]"],
    ["with its accent", "cafe\u0301s", "cafe", "[cafe\u0301]s"],
    ["a letter that folds to two, wholly", "Straße", "as", "Str[aß]e"],
    ["a syllable, wholly", "한국", "하", "[한]국"],
    ["on one line", "one\n\n  two", "two", "one [two]"],
  ])("%s", (_, text, query, expected) => expect(marked(text, query)).toBe(expected));

  test("begins a little before the first hit, and is not long", () => {
    const text = `${"before ".repeat(40)}needle ${"after ".repeat(200)}`;
    const excerpt = marked(text, "needle");
    expect(excerpt.startsWith("…before ")).toBe(true);
    expect(excerpt.endsWith("…")).toBe(true);
    expect(excerpt.indexOf("[needle]")).toBeLessThan(60);
    expect(excerpt.length).toBeLessThan(180);
  });

  test("holds what was found in every text that matches, and tears no character apart", () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom("a", "ß", "é", "e\u0301", "한", "🎉", " "), fc.string()) });
    fc.assert(
      fc.property(text, fc.constantFrom("a", "s", "e", "하", "🎉"), (line, query) => {
        if (!line.isWellFormed() || !finds(line, query)) return;
        const parts = excerptOf(line, searchWords(query));
        expect(parts.some(({ hit }) => hit)).toBe(true);
        for (const part of parts) expect(part.text.isWellFormed()).toBe(true);
        for (const part of parts) if (part.hit) expect(finds(part.text, query)).toBe(true);
      }),
    );
  });
});

test("[SEA1] the longest messages take no time that grows with more than their length", () => {
  const long = [
    "\u0301\u0323".repeat(8_000),
    "\u3099\u094d".repeat(8_000),
    "ﷺ".repeat(16_000),
    "aé".repeat(8_000),
    "한".repeat(16_000),
  ];
  // Quadratic work would take longer than a test may.
  for (let round = 0; round < 15; round++) {
    for (const text of long) {
      expect(finds(text, "z")).toBe(false);
      expect(excerptOf(`${text} z`, ["z"]).some(({ hit }) => hit)).toBe(true);
    }
  }
});
