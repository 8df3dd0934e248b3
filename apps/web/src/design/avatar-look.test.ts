import { describe, expect, test } from "bun:test";
import { avatarColour, initialsOf } from "./avatar-look.ts";

describe("initials", () => {
  test("are those of the first and last word", () => {
    expect(initialsOf("Ana María Ruiz")).toBe("AR");
    expect(initialsOf("  bo ")).toBe("B");
  });
  test("keep a letter with its marks and an emoji whole", () => {
    expect(initialsOf("e\u0301mile")).toBe("E\u0301");
    expect(initialsOf("👩‍🚀 Nova")).toBe("👩‍🚀N");
  });
  test("of nothing are a question mark", () => {
    expect(initialsOf("   ")).toBe("?");
    expect(initialsOf("<...>")).toBe("?");
  });
  test("leave out what is no letter", () => {
    expect(initialsOf("<b>Zoe</b> (Quill)")).toBe("BQ");
    expect(initialsOf("Ana - Ruiz !")).toBe("AR");
  });
});

describe("the colour of an avatar", () => {
  test("depends on the account alone and uses every colour", () => {
    expect(avatarColour("0190-a")).toBe(avatarColour("0190-a"));
    const used = new Set(Array.from({ length: 400 }, (_, index) => avatarColour(`account-${index}`)));
    expect(used.size).toBe(10);
  });
});
