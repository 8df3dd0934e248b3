import { getTextEncoding } from "@bufbuild/protobuf/wire";

/** Thrown where bytes are not as our own encoders write them; whether they are legal all the same is for the library to say. */
export const unusual = new Error("These bytes are legal, if at all, only in an unusual way.");

/** Bytes of the protobuf wire format, read one after the other. Anything unusual throws `unusual`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
    return this.#view.getUint32(this.#skip(4), true);
  }

  double(): number {
    return this.#view.getFloat64(this.#skip(8), true);
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
