import { expect, test } from "bun:test";
import { Counting } from "./counting.ts";

const files = { one: "plik", few: "pliki", many: "plików", other: "pliku" };
const books = { zero: "z", one: "o", two: "t", few: "f", many: "m", other: "r" };

test("a language has as many forms as it needs", () => {
  const polish = new Counting("pl");
  expect([1, 2, 5, 12, 22, 25, 1.5].map((n) => polish.form(n, files))).toEqual([
    "plik",
    "pliki",
    "plików",
    "plików",
    "pliki",
    "plików",
    "pliku",
  ]);
  const arabic = new Counting("ar");
  expect([0, 1, 2, 3, 11, 100].map((n) => arabic.form(n, books)).join("")).toBe("zotfmr");
  expect(new Counting("ja").form(1, { one: "never", other: "always" })).toBe("always");
});

test("a form that a catalogue leaves out is the other one", () => {
  expect(new Counting("pl").count(3, { one: "plik", other: "pliki" })).toBe("3 pliki");
});

test("numbers are written as the language does", () => {
  const words = { one: "message", other: "messages" };
  expect(new Counting("en-GB").count(1234, words)).toBe("1,234 messages");
  expect(new Counting("de").count(1234, { one: "Nachricht", other: "Nachrichten" })).toBe("1.234 Nachrichten");
  expect(new Counting("de").roughly(3.46)).toBe("3,5");
});
