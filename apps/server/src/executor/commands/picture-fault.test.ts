import { expect, test } from "bun:test";
import { limits } from "@parley/protocol";
import { samplePicture } from "@parley/rig";
import { faultOfPicture } from "./picture-fault.ts";

const { pictureBytes, pictureSide } = limits;

test("[LIMIT97] a JPEG that fits is a picture", () => {
  for (const size of [
    {},
    { width: 1, height: 1 },
    { width: pictureSide, height: pictureSide },
    { bytes: pictureBytes },
  ]) {
    expect([size, faultOfPicture(samplePicture(size))]).toEqual([size, undefined]);
  }
});

test("[LIMIT97] what is too large is none, in bytes or in pixels, however few bytes say so", () => {
  expect(faultOfPicture(samplePicture({ bytes: pictureBytes + 1 }))).toContain("bytes");
  for (const size of [
    { width: pictureSide + 1 },
    { height: pictureSide + 1 },
    { width: 65_535, height: 65_535 },
    { width: 0 },
    { height: 0 },
  ]) {
    expect([size, faultOfPicture(samplePicture(size))]).toEqual([size, expect.stringContaining("pixels")]);
  }
});

/** A PNG of one pixel: what it says of itself, and nothing more. */
const png = [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6];

test.each<[string, Uint8Array]>([
  ["another kind of image", Uint8Array.from([...png, ...new Array(30).fill(0)])],
  ["an SVG", new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')],
  ["words", new TextEncoder().encode("no picture at all")],
  ["one byte", Uint8Array.of(0xff)],
  ["the beginning of a JPEG", samplePicture().subarray(0, 22)],
  ["a JPEG that says no size", Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)],
])("%s is no picture", (_, bytes) => expect(faultOfPicture(bytes)).toBeDefined());
