import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Vocabulary } from "./vocabulary.ts";

const MOST_ITEMS = 3;
const PRESENT = 0.85;

/** A message of any type with every field filled as a device might fill it; of each oneof one case is chosen. */
export function generateMessage(schema: DescMessage, words: Vocabulary, choose?: string): Message {
  const message = create(schema);
  const reflected = reflect(schema, message);
  for (const member of schema.members) {
    if (member.kind === "oneof") {
      const field = member.fields.find(({ name }) => name === choose) ?? words.random.pick(member.fields);
      fill(reflected, field, words);
    } else if (words.random.chance(PRESENT)) fill(reflected, member, words);
  }
  return message;
}

function fill(reflected: ReflectMessage, field: DescField, words: Vocabulary): void {
  switch (field.fieldKind) {
    case "message":
      reflected.set(field, reflect(field.message, generateMessage(field.message, words)));
      break;
    case "list": {
      const list = reflected.get(field);
      for (let count = words.random.below(MOST_ITEMS + 1); count > 0; count--) {
        if (field.listKind === "message") list.add(reflect(field.message, generateMessage(field.message, words)));
        else list.add(scalarFor(field, words));
      }
      break;
    }
    case "map":
      throw new Error("The schema has no maps.");
    default:
      reflected.set(field, scalarFor(field, words));
  }
}

function scalarFor(field: DescField, words: Vocabulary): string | number | boolean | Uint8Array {
  if (field.enum !== undefined) return words.random.pick(field.enum.values.slice(1)).number;
  switch (field.scalar) {
    case ScalarType.STRING:
      return words.textFor(field);
    case ScalarType.BYTES:
      return words.random.bytes(words.random.below(40));
    case ScalarType.BOOL:
      return words.random.chance(0.5);
    default:
      return words.numberFor(field);
  }
}
