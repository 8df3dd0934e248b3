import { describe, expect, test } from "bun:test";
import { create, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { binaryEncoder } from "./binary-encoder.ts";
import { ProfileSchema } from "./gen/parley/v1/conversation_pb.ts";
import { ClientFrameSchema, HeadSchema, ServerFrameSchema } from "./gen/parley/v1/frame_pb.ts";
import { anyMessage, numbers } from "./testing/any-message.ts";

describe.each([
  ["client frames", ClientFrameSchema],
  ["server frames", ServerFrameSchema],
] as const)("the encoder of %s", (_, schema) => {
  const encode = binaryEncoder<DescMessage>(schema);

  test("writes byte for byte what the library writes, every field of the schema included", () => {
    const random = numbers(1);
    for (let round = 0; round < 600; round++) {
      const message = anyMessage(random, schema, 6);
      expect(encode(message)).toEqual(toBinary<DescMessage>(schema, message));
    }
  });
});

test("messages of lasting kinds are encoded once, and what is written is the same", () => {
  const encode = binaryEncoder(ServerFrameSchema, [ProfileSchema]);
  const profiles = [create(ProfileSchema, { account: "ana", userName: "ana", displayName: "Ana Ünal", rev: 300 })];
  const frame = create(ServerFrameSchema, { frame: { case: "welcome", value: { profiles, credit: 64 } } });
  const bytes = toBinary(ServerFrameSchema, frame);
  expect([encode(frame), encode(frame)]).toEqual([bytes, bytes]);
  for (const profile of profiles) profile.displayName = "";
  expect(encode(frame)).toEqual(bytes);
});

describe("the encoder", () => {
  const encode = binaryEncoder(HeadSchema);

  test("keeps fields of later versions", () => {
    const bytes = new Uint8Array([...encode(create(HeadSchema, { seq: 3 })), 0x98, 0x06, 0x05, 0xa2, 0x06, 0x01, 0x41]);
    expect(encode(fromBinary(HeadSchema, bytes))).toEqual(bytes);
  });

  test.each([-1, 1.5, 2 ** 32])("refuses %p where only a uint32 can be", (seq) => {
    expect(() => encode(create(HeadSchema, { seq }))).toThrow(RangeError);
  });
});
