import { expect, test } from "bun:test";
import { isEmojiOnly } from "./emoji.ts";

test("up to three emojis alone are drawn large, however many code points each has", () => {
  for (const text of ["👍", "❤️", "👩‍👩‍👧", "🇳🇴", "1️⃣", "👍🏽", "🎉 🎉🎉"]) expect(isEmojiOnly(text)).toBe(true);
  for (const text of ["", " ", "a", "1", "12", "ok 👍", "🎉!", "🎉🎉🎉🎉"]) expect(isEmojiOnly(text)).toBe(false);
});
