import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { isEmojiOnly, isOneEmoji } from "./emoji.ts";
import { textSegments } from "./text-segments.ts";

describe("links", () => {
  const linksIn = (text: string) => textSegments(text).flatMap((segment) => segment.href ?? []);

  test("end before the punctuation of the sentence", () => {
    expect(linksIn("See https://example.org/a?b=c.")).toEqual(["https://example.org/a?b=c"]);
    expect(linksIn("(https://example.org/x), and")).toEqual(["https://example.org/x"]);
    expect(linksIn("https://example.org/a_(b)")).toEqual(["https://example.org/a_(b)"]);
  });

  test("are addresses of the web only", () => {
    expect(linksIn("javascript:alert(1) data:text/html,x ftp://x.y http://")).toEqual([]);
  });

  test("are found at once in texts that were made to take long", () => {
    const began = performance.now();
    for (const tail of [")", ").", "("]) expect(linksIn(`https://x${tail.repeat(7_900)}`)).toHaveLength(1);
    expect(linksIn(`https://x${".".repeat(15_900)}a`)).toHaveLength(1);
    expect(linksIn(`https://x${")".repeat(15_900)}`)).toEqual(["https://x"]);
    expect(performance.now() - began).toBeLessThan(100);
  });

  test("end where the direction of text is turned", () => {
    expect(linksIn("https://example.org/\u202egro.elpmaxe")).toEqual(["https://example.org/"]);
  });

  test("and what is between them are the whole text", () => {
    const part = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(" ", ".", ")", "https://"));
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join("");
        expect(
          textSegments(text)
            .map((segment) => segment.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});

describe("emojis", () => {
  test("one is one, however many code points it has", () => {
    for (const emoji of ["👍", "❤️", "👩‍👩‍👧", "🇳🇴", "1️⃣", "👍🏽"]) expect(isOneEmoji(emoji)).toBe(true);
    for (const other of ["", "a", "1", "👍👍", "ok 👍", " "]) expect(isOneEmoji(other)).toBe(false);
  });

  test("up to three alone are drawn large", () => {
    expect(isEmojiOnly("🎉 🎉🎉")).toBe(true);
    for (const text of ["", "12", "🎉!", "🎉🎉🎉🎉"]) expect(isEmojiOnly(text)).toBe(false);
  });
});
