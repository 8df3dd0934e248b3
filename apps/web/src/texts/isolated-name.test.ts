import { expect, test } from "bun:test";
import { en } from "./en.ts";
import { isolatedName } from "./isolated-name.ts";
import { systemText } from "./system-text.ts";

test("a name that reads the other way, or tries to turn the sentence, is isolated from it", () => {
  expect(isolatedName("רות")).toBe("\u2068רות\u2069");
  expect(isolatedName("\u202eevil\u2069")).toBe("\u2068evil\u2069");
  expect(systemText({ kind: "members-added", names: ["רות"], includesMe: true }, false, "\u2067Bo", en)).toBe(
    "\u2068Bo\u2069 added you and \u2068רות\u2069",
  );
});

test("other names are as they are, but for control characters", () => {
  for (const name of ["Ana Ruiz", "<b>Bo</b>", "Åsa", "田中", ""]) expect(isolatedName(name)).toBe(name);
  expect(isolatedName("a\u0000b\u0007")).toBe("ab");
});
