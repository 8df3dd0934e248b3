import { describe, expect, test } from "bun:test";
import { expectEqual, expectMatch, expectThat } from "./expectation.ts";

describe("expectations", () => {
  test.each([
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }] }],
    [{ a: undefined }, { a: undefined }],
    [{}, { a: undefined }],
    [
      [1, 2],
      [1, 2],
    ],
    [{ bytes: Uint8Array.of(1) }, { bytes: Uint8Array.of(1) }],
  ])("%p matches %p", (actual, expected) => {
    expect(() => expectMatch(actual, expected, "it")).not.toThrow();
  });

  test.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: [1, 2] }, { a: [1] }],
    [{ a: [] }, { a: [{}] }],
    [{ a: 1 }, { a: undefined }],
    [undefined, { a: 1 }],
    [{ a: null }, { a: {} }],
    [{ bytes: Uint8Array.of(1) }, { bytes: Uint8Array.of(2) }],
  ])("%p does not match %p", (actual, expected) => {
    expect(() => expectMatch(actual, expected, "it")).toThrow("Expected it");
  });

  test("name the place of the difference", () => {
    expect(() => expectMatch({ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "the frame")).toThrow("the frame.a.0.b");
  });

  test("equality leaves nothing out", () => {
    expect(() => expectEqual({ a: 1, b: 2 }, { a: 1 }, "it")).toThrow(
      "Expected it to be { a: 1 }, got { a: 1, b: 2 }.",
    );
    expect(() => expectThat(false, "something else", 5)).toThrow("Expected something else, got 5.");
  });
});
