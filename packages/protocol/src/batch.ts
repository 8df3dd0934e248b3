import type { EncodedFrame, Encoding } from "./codec.ts";

/*
 * Several frames in one body, for transports that carry requests and not messages. In protobuf each frame stands behind its length as a varint,
 * as protobuf's own streams of messages do; in JSON each is a line.
 */

/** A varint of more bytes than this is no length of anything that fits a request. */
const LENGTH_BYTES = 4;
const LINE_END = "\n";

/** Frames must be of this encoding. */
export function encodeBatch(encoding: Encoding, frames: readonly EncodedFrame[]): EncodedFrame {
  if (encoding === "json") return frames.map((frame) => `${frame}${LINE_END}`).join("");
  const binary = frames.filter((frame) => typeof frame !== "string");
  const body = new Uint8Array(binary.reduce((sum, { length }) => sum + lengthOf(length) + length, 0));
  let at = 0;
  for (const frame of binary) {
    for (let left = frame.length; ; left >>>= 7) {
      body[at++] = left > 0x7f ? (left & 0x7f) | 0x80 : left;
      if (left <= 0x7f) break;
    }
    body.set(frame, at);
    at += frame.length;
  }
  return body;
}

/** Undefined for bytes that do not divide into frames. Whether these are frames of the schema is for the codec to say. */
export function splitBatch(body: EncodedFrame): EncodedFrame[] | undefined {
  if (typeof body !== "string") return splitBytes(body);
  const lines = body.split(LINE_END);
  // The end of the last line begins none.
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function splitBytes(body: Uint8Array): Uint8Array[] | undefined {
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = body[at++];
      if (byte === undefined || shift === 7 * LENGTH_BYTES) return undefined;
      length |= (byte & 0x7f) << shift;
      if (byte <= 0x7f) break;
    }
    if (length > body.length - at) return undefined;
    frames.push(body.subarray(at, at + length));
    at += length;
  }
  return frames;
}

function lengthOf(length: number): number {
  let bytes = 1;
  for (let left = length; left > 0x7f; left >>>= 7) bytes++;
  return bytes;
}
