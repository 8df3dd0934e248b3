import { expect, test } from "bun:test";
import { type LanguageChoice, spokenLanguage } from "./languages.ts";

test.each<[LanguageChoice, readonly string[], string, string]>([
  ["system", ["de-AT", "en-US"], "de", "de-AT"],
  ["system", ["fr-CA", "DE", "en"], "de", "DE"],
  ["system", ["fr-CA", "nl"], "en", "en"],
  ["system", [], "en", "en"],
  ["system", ["den", "deu"], "en", "en"],
  ["en", ["de-AT", "en-IE"], "en", "en-IE"],
  ["de", ["en-US"], "de", "de"],
])("%s, where the browser prefers %p, is %s, with the dates of %s", (choice, preferred, code, tag) => {
  expect(spokenLanguage(choice, preferred)).toEqual({ code: code as "en" | "de", tag });
});
