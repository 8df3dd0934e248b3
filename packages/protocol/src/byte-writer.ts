import { getTextEncoding } from "@bufbuild/protobuf/wire";
import { writeDouble } from "./double-bytes.ts";

const INITIAL_BYTES = 1_024;
/** A buffer that has grown beyond this is not kept for the next message. */
const KEPT_BYTES = 64 * 1_024;

/** Bytes of the protobuf wire format, written one after the other into a buffer that grows, and that serves one message after the other. */
export class ByteWriter {
  #bytes = new Uint8Array(INITIAL_BYTES);
  #at = 0;

  /** Begins a message. What a message before left unfinished is forgotten. */
  start(): void {
    this.#at = 0;
  }

  /** The bytes of the message, in memory of their own. */
  finish(): Uint8Array {
    const message = this.#bytes.slice(0, this.#at);
    if (this.#bytes.length > KEPT_BYTES) this.#bytes = new Uint8Array(INITIAL_BYTES);
    return message;
  }

  varint(value: number): void {
    this.#reserve(5);
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.#bytes[this.#at++] = rest;
  }

  /** A number below zero, as 64 bits. */
  negative(value: number): void {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    for (; rest > 127n; rest >>= 7n) this.#bytes[this.#at++] = Number(rest & 127n) | 128;
    this.#bytes[this.#at++] = Number(rest);
  }

  fixed32(value: number): void {
    this.#reserve(4);
    for (let shift = 0; shift < 32; shift += 8) this.#bytes[this.#at++] = value >>> shift;
  }

  double(value: number): void {
    this.#reserve(8);
    writeDouble(this.#bytes, this.#at, value);
    this.#at += 8;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Text with its length in front. */
  text(value: string): void {
    if (this.#shortAscii(value)) return;
    const bytes = getTextEncoding().encodeUtf8(value);
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** Begins something whose length is not known yet. */
  begin(): number {
    this.#reserve(1);
    this.#at++;
    return this.#at;
  }

  /** Puts the length of all that was written since `begin` in front of it. */
  end(start: number): void {
    const length = this.#at - start;
    if (length < 128) {
      this.#bytes[start - 1] = length;
      return;
    }
    const more = length < 1 << 14 ? 1 : length < 1 << 21 ? 2 : length < 1 << 28 ? 3 : 4;
    this.#reserve(more);
    this.#bytes.copyWithin(start + more, start, this.#at);
    this.#at = start - 1;
    this.varint(length);
    this.#at += length;
  }

  /** Most texts are ids and short words: for them a loop is faster than the encoder. False, with nothing written, for any other. */
  #shortAscii(value: string): boolean {
    if (value.length > 127) return false;
    this.#reserve(1 + value.length);
    const bytes = this.#bytes;
    let at = this.#at;
    bytes[at++] = value.length;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit > 127) return false;
      bytes[at++] = unit;
    }
    this.#at = at;
    return true;
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
