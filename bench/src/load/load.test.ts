import { expect, test } from "bun:test";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  ClientFrameSchema,
  CommandSchema,
  decodeClientFrame,
  encodeServerFrame,
  ServerFrameSchema,
  uuidVersion,
} from "@parley/protocol";
import { freshId } from "@parley/rig";
import { FieldReader } from "./field-reader.ts";
import { numberOf, SENDERS, senderOf, writeMessageId } from "./message-id.ts";
import { PostTemplate, TEXT_CHARACTERS } from "./post-template.ts";

const NOW = 1_732_190_007_123;

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** What a frame of a client carries behind its head of 8 bytes (two of them for the length) and mask. */
function payloadOf(frame: Uint8Array): Uint8Array {
  return frame.subarray((frame[1] ?? 0) === 0xff ? 14 : 8);
}

test("an id is a UUIDv7 that tells its sender and number", () => {
  const bytes = new Uint8Array(40);
  writeMessageId(bytes, 2, NOW, SENDERS - 1, 0xab_cdef_0123);
  const text = new TextDecoder().decode(bytes.subarray(2, 38));
  expect(uuidVersion(text)).toBe(7);
  expect(text.slice(0, 13)).toBe(freshIdPrefix());
  expect(senderOf(bytes, 2)).toBe(SENDERS - 1);
  expect(numberOf(bytes, 2)).toBe(0xab_cdef_0123);
});

function freshIdPrefix(): string {
  const hex = NOW.toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

test.each([1, 32, 64])("a template of %i posts is a legal frame, each post linked to the one before", (count) => {
  const log = freshId();
  const template = new PostTemplate(log, count);
  const before = freshId();
  const last = ascii(before);
  for (const first of [1, 1_000_000]) {
    const expectedLast = new TextDecoder().decode(last);
    const decoded = decodeClientFrame("proto", payloadOf(template.fill(5, first, NOW, last)).slice());
    if (decoded?.frame.case !== "submit") throw new Error("It is no submission.");
    const { submissions } = decoded.frame.value;
    expect(submissions.length).toBe(count);
    let previous = expectedLast;
    submissions.forEach(({ order, command }, index) => {
      const { id, log: into, sentAt, body } = fromBinary(CommandSchema, command);
      expect(order?.link).toEqual({ case: "after", value: previous });
      expect({ into, sentAt }).toEqual({ into: log, sentAt: NOW });
      expect([senderOf(ascii(id), 0), numberOf(ascii(id), 0)]).toEqual([5, first + index]);
      const text =
        body.case === "post" && body.value.content?.form.case === "plain" ? body.value.content.form.value.text : "";
      expect(text.length).toBe(TEXT_CHARACTERS);
      expect(text.startsWith(String(first + index).padStart(10, "0"))).toBe(true);
      previous = id;
    });
    expect(new TextDecoder().decode(last)).toBe(previous);
  }
});

test("a reader finds nested fields of every type and skips the others", () => {
  const id = freshId();
  const event = { log: freshId(), seq: 300, id, author: "a", receivedAt: NOW, ordinal: 299, tag: 77 };
  const frame = create(ServerFrameSchema, { frame: { case: "event", value: { event } } });
  const bytes = encodeServerFrame("proto", frame);
  if (typeof bytes === "string") throw new Error("The binary encoding is bytes.");
  const reader = new FieldReader();
  reader.begin(bytes, 0, bytes.length);
  expect(reader.find(4)).toBe(true);
  reader.enter();
  expect(reader.find(1)).toBe(true);
  reader.enter();
  expect(reader.find(2)).toBe(true);
  expect(reader.value).toBe(300);
  expect(reader.find(3)).toBe(true);
  expect(new TextDecoder().decode(bytes.subarray(reader.from, reader.to))).toBe(id);
  expect(reader.find(7)).toBe(true);
  expect(reader.value).toBe(299);
  expect(reader.find(20)).toBe(false);
});

test("a field that reaches beyond its message is refused", () => {
  const whole = toBinary(
    ClientFrameSchema,
    create(ClientFrameSchema, { frame: { case: "hello", value: { device: "d" } } }),
  );
  const reader = new FieldReader();
  reader.begin(whole, 0, whole.length - 1);
  expect(() => reader.next()).toThrow(RangeError);
});
