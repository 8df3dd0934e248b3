import { describe, expect, test } from "bun:test";
import { cycles } from "./cycles.ts";

function graph(edges: Record<string, string[]>): Map<string, string[]> {
  return new Map(Object.entries(edges));
}

describe("import cycles", () => {
  test("are found with all the files on their way", () => {
    expect(cycles(graph({ a: ["b"], b: ["c"], c: ["a"] }))).toEqual([["a", "b", "c", "a"]]);
  });

  test("of one file with itself are found", () => {
    expect(cycles(graph({ a: ["a"] }))).toEqual([["a", "a"]]);
  });

  test("that are reached from outside are told without the way there", () => {
    expect(cycles(graph({ start: ["a"], a: ["b"], b: ["a"] }))).toEqual([["a", "b", "a"]]);
  });

  test("two ways to one file are none", () => {
    expect(cycles(graph({ a: ["b", "c"], b: ["d"], c: ["d"], d: [] }))).toEqual([]);
  });
});
