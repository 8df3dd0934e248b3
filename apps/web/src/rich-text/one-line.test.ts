import { expect, test } from "bun:test";
import { hostileTexts } from "../testing/hostile-texts.ts";
import { oneLine } from "./one-line.ts";

const ines = { account: "a1", userName: "ines.quill", displayName: "Ines Quill", me: false };

test("a message in one line has no marks, and people by their names", () => {
  expect(oneLine("**Hello** @ines.quill,\n> look: `x`\n1. ~~a~~\n- b", [ines], 100)).toBe(
    "Hello @Ines Quill, look: x 1. a - b",
  );
});

test("a long one is cut, and not within a character", () => {
  expect(oneLine(`${"a".repeat(9)}😀`, undefined, 10)).toBe("aaaaaaaaa…");
  for (const text of Object.values(hostileTexts)) {
    const line = oneLine(text, undefined, 200);
    expect(line.length).toBeLessThanOrEqual(201);
    expect(line).not.toMatch(/[\n\t]/);
  }
});
