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

/**
 * The frames of a batch, one after the other, so that whoever has had enough need not have all of them made: a body of a megabyte may divide into a million. Undefined is
 * given last where what is left does not divide. Whether these are frames of the schema is for the codec to say.
 */
export function* framesIn(body: EncodedFrame): Generator<EncodedFrame | undefined, void> {
  yield* typeof body === "string" ? linesIn(body) : sectionsIn(body);
}

/** All frames of a batch; undefined for bytes that do not divide into frames. */
export function splitBatch(body: EncodedFrame): EncodedFrame[] | undefined {
  const frames: EncodedFrame[] = [];
  for (const frame of framesIn(body)) {
    if (frame === undefined) return undefined;
    frames.push(frame);
  }
  return frames;
}

function* linesIn(body: string): Generator<string, void> {
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf(LINE_END, at);
    yield body.slice(at, end < 0 ? body.length : end);
    at = end < 0 ? body.length : end + 1;
  }
}

function* sectionsIn(body: Uint8Array): Generator<Uint8Array | undefined, void> {
  for (let at = 0; at < body.length; ) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = body[at++];
      if (byte === undefined || shift === 7 * LENGTH_BYTES) return yield undefined;
      length |= (byte & 0x7f) << shift;
      if (byte <= 0x7f) break;
    }
    if (length > body.length - at) return yield undefined;
    yield body.subarray(at, at + length);
    at += length;
  }
}

function lengthOf(length: number): number {
  let bytes = 1;
  for (let left = length; left > 0x7f; left >>>= 7) bytes++;
  return bytes;
}
