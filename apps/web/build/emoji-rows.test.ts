import { describe, expect, test } from "bun:test";
import { skinTones, withTone } from "../src/features/emoji/view-model/emoji.ts";
import { EmojiBook } from "../src/features/emoji/view-model/emoji-book.ts";
import { emojisText, emojiWordsText } from "./emojis-plugin.ts";

const book = new EmojiBook(JSON.parse(emojisText()), () => true);
const all = ["smileys", "people", "animals", "food", "travel", "activities", "objects", "symbols", "flags"] as const;
const emojis = all.flatMap((category) => book.in(category));

test("every emoji is there, with its name, in its category", () => {
  expect(emojis.length).toBeGreaterThan(1_900);
  for (const category of all) expect(book.in(category).length).toBeGreaterThan(80);
  expect(emojis.filter(({ name }) => name === "")).toEqual([]);
});

test("each is one emoji that a reaction can be, in every tone, and written the same way by everybody", () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  const texts = emojis.flatMap((emoji) => skinTones.map((tone) => withTone(emoji, tone)));
  for (const text of texts) {
    expect([...segmenter.segment(text)]).toHaveLength(1);
    expect(new TextEncoder().encode(text).length).toBeLessThanOrEqual(64);
    expect(text).not.toMatch(/\p{Emoji_Presentation}\uFE0F/u);
  }
});

test("shortcodes are those that people know, and tones are what Unicode says", () => {
  expect(["smile", "+1", "heart", "tada", "de", "flag-de"].map((code) => book.named(code)?.text)).toEqual([
    "😄",
    "👍",
    "❤️",
    "🎉",
    "🇩🇪",
    "🇩🇪",
  ]);
  expect(book.named("wave")?.tones).toEqual(["👋🏻", "👋🏼", "👋🏽", "👋🏾", "👋🏿"]);
  expect(book.named("people_holding_hands")?.tones?.[4]).toBe("🧑🏿‍🤝‍🧑🏿");
});

describe("in German", () => {
  const german = new EmojiBook(JSON.parse(emojisText()), () => true, JSON.parse(emojiWordsText("de")));
  const found = (typed: string) => german.search(typed, 5).map(({ text }) => text);

  test("each emoji has its own name", () => {
    expect(["👍", "❤️", "🇩🇪", "🎉"].map((text) => german.find(text)?.name)).toEqual([
      "Daumen hoch",
      "rotes Herz",
      "Flagge: Deutschland",
      "Konfettibombe",
    ]);
    const here = all.flatMap((category) => german.in(category));
    expect(here.map(({ text }) => text)).toEqual(emojis.map(({ text }) => text));
    expect(here.filter(({ name }, index) => name === emojis[index]?.name).length).toBeLessThan(80);
  });

  test("it is found by German words, with and without their dots, by English ones and by shortcodes", () => {
    for (const typed of ["daumen hoch", "thumbs up", ":+1:"]) expect(found(typed)[0]).toBe("👍");
    for (const typed of ["kürbis", "kurbis", "pumpkin"]) expect(found(typed)).toContain("🎃");
    expect(found("lachen")).not.toEqual([]);
    expect(found("jack_o")).toContain("🎃");
  });
});
