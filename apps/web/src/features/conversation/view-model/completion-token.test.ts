import { describe, expect, test } from "bun:test";
import { beginsShortcode, completionToken, finishedShortcode } from "./completion-token.ts";

/** What is to be completed where the bar stands. */
function at(marked: string) {
  const caret = marked.indexOf("|");
  return completionToken(marked.replace("|", ""), caret);
}

describe("what can be completed", () => {
  test("is a person from the first letter on, at the beginning of a word", () => {
    expect(at("@a|")).toEqual({ kind: "person", query: "a", start: 0, end: 2 });
    expect(at("hello (@Ana.Q|, and")).toEqual({ kind: "person", query: "Ana.Q", start: 7, end: 13 });
    expect(at("@José|")).toMatchObject({ kind: "person", query: "José" });
    for (const text of ["@|", "me@ana|", "@ana |", "@@a|", "https://x/@a|"]) expect(at(text)).toBeUndefined();
  });

  test("is an emoji from the second letter on, and no time of day, address or face", () => {
    expect(at("well :sm|")).toEqual({ kind: "emoji", query: "sm", start: 5, end: 8 });
    expect(at(":+1|")).toMatchObject({ kind: "emoji", query: "+1" });
    for (const text of [":s|", "12:30|", "https:xy|", "note:sm|", "::sm|", ":)|", ":sm |", "):|"]) {
      expect(at(text)).toBeUndefined();
    }
  });

  test("is nothing within a word", () => {
    expect(at("@a|na")).toBeUndefined();
    expect(at(":sm|ile")).toBeUndefined();
    expect(at("@a|.")).toBeDefined();
  });

  test("is nothing that is longer than any name, however long the text", () => {
    expect(completionToken(`@${"a".repeat(41)}`, 42)).toBeUndefined();
    const text = `${"a".repeat(100_000)} @bo`;
    expect(completionToken(text, text.length)?.query).toBe("bo");
  });
});

test("a shortcode is finished with its second colon", () => {
  expect(finishedShortcode("so :smile:", 10)).toEqual({ kind: "emoji", query: "smile", start: 3, end: 10 });
  expect(finishedShortcode(":+1: yes", 4)).toMatchObject({ query: "+1" });
  for (const text of ["smile:", "a:smile:", "::", "12:30:"])
    expect(finishedShortcode(text, text.length)).toBeUndefined();
});

test("a shortcode begins with a colon that begins a word", () => {
  expect([":", "so :", ":smi", "(:"].map((text) => beginsShortcode(text, text.length))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["", "12:", "a:b", ": "].map((text) => beginsShortcode(text, text.length))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
