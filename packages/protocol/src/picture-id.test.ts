import { expect, test } from "bun:test";
import { isPictureId, pictureId } from "./picture-id.ts";

test("the id of a picture is the beginning of the SHA-256 of its bytes, and empty for none", () => {
  expect(pictureId(new TextEncoder().encode("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223");
  expect(pictureId(new Uint8Array())).toBe("");
});

test.each(["", "ba7816bf", "BA7816BF8F01CFEA414140DE5DAE2223", "ba7816bf8f01cfea414140de5dae22230", "../a"])(
  "%p is no id of a picture",
  (id) => expect(isPictureId(id)).toBe(false),
);

test("its own id is one", () => expect(isPictureId(pictureId(Uint8Array.of(1)))).toBe(true));
