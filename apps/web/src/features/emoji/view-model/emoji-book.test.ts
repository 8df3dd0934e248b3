import { describe, expect, test } from "bun:test";
import { sampleEmojis } from "../../../testing/sample-emojis.ts";
import { withTone } from "./emoji.ts";

const book = sampleEmojis();

function found(typed: string, most = 10): readonly string[] {
  return book.search(typed, most).map(({ text }) => text);
}

describe("searching emojis", () => {
  test("finds by shortcode first, then by name, then by other words; no more than asked for", () => {
    expect(found("smile")).toEqual(["😄", "😃", "😀"]);
    expect(found("smi")).toEqual(["😃", "😄", "😀"]);
    expect(found("heart")).toEqual(["❤️", "🖤"]);
    expect(found("smi", 1)).toEqual(["😃"]);
  });

  test("finds what has all words, in any order, in any case, without accents", () => {
    expect(found("eyes BIG")).toEqual(["😃"]);
    expect(found("big heart")).toEqual([]);
    expect(found("cote d")).toEqual(["🇨🇮"]);
    expect(found("Côte")).toEqual(["🇨🇮"]);
  });

  test("finds by shortcodes as they are written", () => {
    expect(found(":+1:")).toEqual(["👍"]);
    expect(found("black_he")).toEqual(["🖤"]);
    expect(found("black he")).toEqual(["🖤"]);
  });

  test("finds nothing for nothing, for what begins no word, and for what this system does not draw", () => {
    for (const typed of ["", " ", ":", "eart", "bags"]) expect(found(typed)).toEqual([]);
  });
});

test("an emoji is found by its shortcodes and by its looks, in every tone", () => {
  expect(book.named("thumbsup")?.text).toBe("👍");
  expect(book.named("Thumbsup")?.text).toBe("👍");
  expect(book.named("thumbs")).toBeUndefined();
  expect(book.find("👍🏾")?.name).toBe("thumbs up");
});

test("a category holds its emojis in their order", () => {
  expect(book.in("people").map(({ text }) => text)).toEqual(["👍", "☝️"]);
});

test("an emoji takes a skin tone where it has any", () => {
  const [thumb, finger] = book.in("people");
  if (thumb === undefined || finger === undefined) throw new Error("unreachable");
  expect([withTone(thumb, 0), withTone(thumb, 5)]).toEqual(["👍", "👍🏿"]);
  // What asks for colours has its place taken by the tone.
  expect(withTone(finger, 1)).toBe("☝🏻");
  expect(withTone({ text: "❤️", tones: undefined }, 3)).toBe("❤️");
});
