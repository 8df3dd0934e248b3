import { describe, expect, test } from "bun:test";
import {
  create,
  type DescField,
  type DescMessage,
  fromBinary,
  type Message,
  ScalarType,
  toBinary,
} from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { binaryEncoder } from "./binary-encoder.ts";
import { ClientFrameSchema, HeadSchema, ServerFrameSchema } from "./gen/parley/v1/frame_pb.ts";

/** Numbers in [0, 1), always the same from the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Random = ReturnType<typeof numbers>;

const texts = ["", "a", "01936d2e-9b51-7d22-8f6c-4a7b3d2e1b02", "🍵 für später", "x".repeat(127), "é".repeat(9_000)];
const uint32s = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1];
const doubles = [0, -0, 1.5, -1, 1_732_190_000_000, Number.NaN, Number.POSITIVE_INFINITY];
const byteStrings = [new Uint8Array(), new Uint8Array([0]), new Uint8Array(200).fill(7)];

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error("There is nothing to choose from.");
  return value;
}

function scalar(random: Random, type: ScalarType | undefined): string | number | boolean | Uint8Array {
  switch (type) {
    case ScalarType.STRING:
      return pick(random, texts);
    case ScalarType.BYTES:
      return pick(random, byteStrings);
    case ScalarType.BOOL:
      return random() < 0.5;
    case ScalarType.DOUBLE:
      return pick(random, doubles);
    default:
      return pick(random, uint32s);
  }
}

/** A message with any of its fields set, however deep. */
function anyMessage(random: Random, schema: DescMessage, depth: number): Message {
  const message = create(schema);
  const fields = reflect(schema, message);
  for (const field of schema.fields) {
    if (random() < 0.3 || (depth === 0 && field.message !== undefined)) continue;
    for (let count = field.fieldKind === "list" ? Math.floor(random() * 4) : 1; count > 0; count--) {
      const value = anyValue(random, field, depth);
      if (field.fieldKind === "list") fields.get(field).add(value);
      else fields.set(field, value);
    }
  }
  return message;
}

function anyValue(random: Random, field: DescField, depth: number) {
  if (field.message !== undefined) return reflect(field.message, anyMessage(random, field.message, depth - 1));
  if (field.enum !== undefined) return pick(random, [...field.enum.values.map(({ number }) => number), 999, -3]);
  return scalar(random, field.scalar);
}

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
