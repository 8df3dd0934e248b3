import { describe, expect, test } from "bun:test";
import { limits } from "@parley/protocol";
import { mentionedIn } from "./mentions.ts";

const people = ["ana", "ana.quill", "bo_", "d-e"].map((userName) => ({ account: `of ${userName}`, userName }));

describe("a text names somebody", () => {
  test("by an at sign and a user name, anywhere in the text, whatever the case; each once, in the order of the text", () => {
    expect(mentionedIn("@bo_ and (@Ana.Quill), @ANA too:\n@d-e, @Bo_", people)).toEqual([
      "of bo_",
      "of ana.quill",
      "of ana",
      "of d-e",
    ]);
  });

  test("with the longest name that fits, without what ends the sentence", () => {
    expect(mentionedIn("Ask @ana.quill.", people)).toEqual(["of ana.quill"]);
    expect(mentionedIn("Or @ana...", people)).toEqual(["of ana"]);
    expect(mentionedIn("@bo_-.", people)).toEqual(["of bo_"]);
  });

  test("but not in an address, within another word, or with another name", () => {
    for (const text of [
      "me@ana",
      "me.@ana",
      "@ana@example.org",
      "https://example.org/@ana",
      "@anab",
      "@anaé",
      "@@ana",
    ]) {
      expect(mentionedIn(text, people)).toEqual([]);
    }
    expect(mentionedIn("@zed and @", people)).toEqual([]);
  });

  test("only if that person has a user name", () => {
    expect(mentionedIn("@", [{ account: "a", userName: "" }])).toEqual([]);
  });
});

test("no more are told than a message may carry", () => {
  const crowd = Array.from({ length: limits.mentionsPerMessage + 1 }, (_, index) => ({
    account: String(index),
    userName: `n${index}`,
  }));
  const text = crowd.map(({ userName }) => `@${userName}`).join(" ");
  expect(mentionedIn(text, crowd)).toEqual(crowd.slice(0, -1).map(({ account }) => account));
});

test("a long text of nothing but at signs and full stops is looked through in one go", () => {
  // A way that is quadratic does not come to an end.
  for (const text of [`@${".".repeat(1_000_000)}`, "@.".repeat(500_000), " @a-".repeat(250_000)]) {
    expect(mentionedIn(text, people)).toEqual([]);
  }
});
