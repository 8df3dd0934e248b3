import { expect, test } from "bun:test";
import fc from "fast-check";
import { shareStructure } from "./share-structure.ts";

test("what equals the former value is the former value", () => {
  const previous = { rows: [{ id: "a", body: { text: "x" } }], head: 3 };
  expect(shareStructure(previous, structuredClone(previous))).toBe(previous);
});

test("rows keep their identity when others come before them", () => {
  const previous = [
    { id: "b", n: 1 },
    { id: "c", n: 2 },
  ];
  const next = shareStructure(previous, [
    { id: "a", n: 0 },
    { id: "b", n: 1 },
    { id: "c", n: 3 },
  ]);
  expect(next[1]).toBe(previous[0]);
  expect(next[2]).toEqual({ id: "c", n: 3 });
});

test("a key that is gone or undefined is a difference", () => {
  const previous: { a: number; b?: number | undefined } = { a: 1, b: undefined };
  expect(shareStructure(previous, { a: 1 })).not.toBe(previous);
});

test("the result always equals the next value", () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  fc.assert(fc.property(json, json, (previous, next) => expect(shareStructure(previous, next)).toEqual(next)));
});
