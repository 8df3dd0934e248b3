import { expect, test } from "bun:test";
import fc from "fast-check";
import { encodeBatch, framesIn, splitBatch } from "./batch.ts";

const frames = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
const lines = fc.array(
  fc.json().map((text) => JSON.stringify(JSON.parse(text))),
  { maxLength: 20 },
);

test("a batch divides into the frames that it was made of, whatever their sizes", () => {
  fc.assert(fc.property(frames, (each) => expect(splitBatch(encodeBatch("proto", each))).toEqual(each)));
  fc.assert(fc.property(lines, (each) => expect(splitBatch(encodeBatch("json", each))).toEqual(each)));
  for (const size of [0x7f, 0x80, 0x3fff, 0x4000, 524_288]) {
    const frame = new Uint8Array(size).fill(7);
    const split = splitBatch(encodeBatch("proto", [frame, frame]));
    expect(split?.map(({ length }) => length)).toEqual([size, size]);
  }
});

test("the last line needs no end, and an empty line is an empty frame", () => {
  expect(splitBatch('{"ping":{}}')).toEqual(['{"ping":{}}']);
  expect(splitBatch("")).toEqual([]);
  expect(splitBatch("\n")).toEqual([""]);
  expect(splitBatch("a\n\nb\n")).toEqual(["a", "", "b"]);
});

test("a length that is cut off, too long, or beyond the end is no batch", () => {
  expect(splitBatch(Uint8Array.of(0x80))).toBeUndefined();
  expect(splitBatch(Uint8Array.of(0x80, 0x80, 0x80, 0x80, 1, 0))).toBeUndefined();
  expect(splitBatch(Uint8Array.of(2, 1))).toBeUndefined();
});

test("frames are made one after the other, and those before what does not divide are given", () => {
  expect([...framesIn(Uint8Array.of(1, 7, 2, 1))]).toEqual([Uint8Array.of(7), undefined]);
  const body = Uint8Array.of(1, 7, 1, 8);
  const frames = framesIn(body);
  expect(frames.next().value).toEqual(Uint8Array.of(7));
  // What was not asked for was not looked at.
  body[2] = 9;
  expect(frames.next().value).toBeUndefined();
});
