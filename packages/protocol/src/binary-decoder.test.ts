import { describe, expect, test } from "bun:test";
import { create, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { binaryDecoder } from "./binary-decoder.ts";
import { CommandSchema } from "./gen/parley/v1/command_pb.ts";
import { ClientFrameSchema, HeadSchema, ServerFrameSchema, SignalsSchema } from "./gen/parley/v1/frame_pb.ts";
import { anyMessage, numbers } from "./testing/any-message.ts";

type Decoder = (bytes: Uint8Array) => Message;

/** What a decoder makes of bytes: a message, or nothing where it throws. */
function outcomeOf(decode: Decoder, bytes: Uint8Array): Message | undefined {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
}

describe.each([
  ["client frames", ClientFrameSchema],
  ["server frames", ServerFrameSchema],
  ["commands", CommandSchema],
] as const)("the decoder of %s", (_, schema) => {
  const decode = binaryDecoder<DescMessage>(schema);
  const library: Decoder = (bytes) => fromBinary<DescMessage>(schema, bytes);

  test("reads what the library reads, every field of the schema included", () => {
    const random = numbers(2);
    for (let round = 0; round < 400; round++) {
      const bytes = toBinary<DescMessage>(schema, anyMessage(random, schema, 6));
      expect(decode(bytes)).toStrictEqual(library(bytes));
    }
  });

  test("judges damaged bytes as the library does", () => {
    const random = numbers(3);
    for (let round = 0; round < 400; round++) {
      const bytes = toBinary<DescMessage>(schema, anyMessage(random, schema, 4)).slice(0, 4_000);
      for (let damage = 0; damage < 3; damage++)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      const cut = bytes.subarray(0, Math.floor(random() * (bytes.length + 1)));
      for (const damaged of [bytes, cut]) {
        expect(outcomeOf(decode, damaged)).toStrictEqual(outcomeOf(library, damaged));
      }
    }
  });
});

describe("the decoder", () => {
  const head = binaryDecoder(HeadSchema);

  test("keeps fields of later versions", () => {
    const bytes = new Uint8Array([...toBinary(HeadSchema, create(HeadSchema, { seq: 3 })), 0x98, 0x06, 0x05]);
    expect(toBinary(HeadSchema, head(bytes))).toEqual(bytes);
  });

  test("merges a message that comes in two parts", () => {
    const parts = [{ typing: [{ active: true }] }, { presence: [{ online: true }] }];
    const frames = parts.map((value) =>
      toBinary(ServerFrameSchema, create(ServerFrameSchema, { frame: { case: "signals", value } })),
    );
    const merged = binaryDecoder(ServerFrameSchema)(new Uint8Array(frames.flatMap((bytes) => [...bytes])));
    expect(merged.frame.value).toEqual(
      create(SignalsSchema, { typing: [{ active: true }], presence: [{ online: true }] }),
    );
  });

  test("two messages share nothing that can be changed", () => {
    const decode = binaryDecoder(ServerFrameSchema);
    const empty = toBinary(ServerFrameSchema, create(ServerFrameSchema, { frame: { case: "signals", value: {} } }));
    const [one, other] = [decode(empty).frame, decode(empty).frame];
    if (one.case !== "signals" || other.case !== "signals") throw new Error("unreachable");
    expect(one.value.typing).not.toBe(other.value.typing);
  });
});
