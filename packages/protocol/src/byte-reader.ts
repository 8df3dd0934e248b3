import { getTextEncoding } from "@bufbuild/protobuf/wire";
import { readDouble } from "./double-bytes.ts";

/** Thrown where bytes are not as our own encoders write them; whether they are legal all the same is for the library to say. */
export const unusual = new Error("These bytes are legal, if at all, only in an unusual way.");

/** Bytes of the protobuf wire format, read one after the other. Anything unusual throws `unusual`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined || (shift === 28 && byte > 15)) throw unusual;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw unusual;
  }

  fixed32(): number {
    const from = this.#skip(4);
    let value = 0;
    for (let index = 3; index >= 0; index--) value = (value << 8) | (this.#bytes[from + index] ?? 0);
    return value >>> 0;
  }

  double(): number {
    return readDouble(this.#bytes, this.#skip(8));
  }

  /** A view of the same memory, as the library gives it. */
  bytes(): Uint8Array {
    const length = this.varint();
    const from = this.#skip(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(): string {
    return getTextEncoding().decodeUtf8(this.bytes(), true);
  }

  /** Where something with its length in front ends. */
  end(): number {
    const end = this.varint() + this.#at;
    if (end > this.#bytes.length) throw unusual;
    return end;
  }

  #skip(count: number): number {
    const from = this.#at;
    this.#at += count;
    if (this.#at > this.#bytes.length) throw unusual;
    return from;
  }
}
