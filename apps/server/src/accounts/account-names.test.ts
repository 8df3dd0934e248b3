import { expect, test } from "bun:test";
import { validDisplayName, validUserName } from "./account-names.ts";

test("nobody can be called as all are", () => {
  expect(() => validUserName(" Everyone ")).toThrow("means everyone");
  expect(validUserName("Everyone.else")).toBe("everyone.else");
});

test.each(["Ada", " Ada Lovelace ", "عدا", "👩‍👩‍👧", "Zoë", "a".repeat(60)])("%p can be a display name", (name) => {
  expect(validDisplayName(name)).toBe(name.trim());
});

test.each([
  ["empty", " "],
  ["too long", "a".repeat(61)],
  ["on two lines", "Ada\u2028Lovelace"],
  ["with a control", "Ada\u0007"],
  ["invisible", "\u200b\u2060"],
  ["turning what follows around", "Ada \u202eevoL"],
  ["isolating what follows", "Ada \u2067"],
  ["with half a character", "Ada \ud83d"],
])("a display name that is %s is refused", (_what, name) => {
  expect(() => validDisplayName(name)).toThrow("can be seen");
});
