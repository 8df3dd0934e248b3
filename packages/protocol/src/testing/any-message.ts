import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";

/** Numbers in [0, 1), always the same from the same seed. */
export function numbers(seed: number): () => number {
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
export function anyMessage(random: Random, schema: DescMessage, depth: number): Message {
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
