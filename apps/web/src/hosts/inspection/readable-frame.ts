import {
  type DescField,
  type DescMessage,
  fromBinary,
  type JsonObject,
  type JsonValue,
  type MessageShape,
  ScalarType,
  toJson,
} from "@bufbuild/protobuf";
import { CommandSchema } from "@parley/protocol";

/** Strings that say which thing is meant, and nothing of what people write or are called. */
const references: ReadonlySet<string> = new Set([
  "account",
  "accounts",
  "after",
  "author",
  "by",
  "conversation",
  "created_by",
  "device",
  "id",
  "ids",
  "incarnation",
  "last",
  "log",
  "members",
  "mentions",
  "target",
]);

/** A message as JSON for people who read protocols. Commands, which travel as bytes, are decoded. */
export function readableFrame<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): JsonValue {
  return walk(schema, toJson(schema, message), (field, value) =>
    isLong(field, value) ? `‹${String(value).length} characters›` : value,
  );
}

/** The same without content: of every string and every run of bytes that is not a reference only its length is left. */
export function redactedFrame<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): JsonValue {
  return walk(schema, toJson(schema, message), (field, value) =>
    references.has(field.name) || typeof value !== "string" || field.enum !== undefined
      ? value
      : `‹${value.length} characters›`,
  );
}

/** Of a picture nobody reads the bytes. */
const LONGEST_BYTES = 1_000;

function isLong(field: DescField, value: JsonValue): boolean {
  return field.scalar === ScalarType.BYTES && typeof value === "string" && value.length > LONGEST_BYTES;
}

type Leaf = (field: DescField, value: JsonValue) => JsonValue;

function walk(schema: DescMessage, json: JsonValue, leaf: Leaf): JsonValue {
  if (!isObject(json)) return json;
  const out: JsonObject = {};
  for (const field of schema.fields) {
    const value = json[field.jsonName];
    if (value !== undefined) out[field.jsonName] = walkField(schema, field, value, leaf);
  }
  return out;
}

function walkField(schema: DescMessage, field: DescField, value: JsonValue, leaf: Leaf): JsonValue {
  if (Array.isArray(value)) return value.map((item) => walkField(schema, field, item, leaf));
  if (field.message !== undefined) return walk(field.message, value, leaf);
  if (schema.typeName === "parley.v1.Submission" && field.name === "command") return walkCommand(value, field, leaf);
  // Numbers and truth say nothing private.
  return typeof value === "string" ? leaf(field, value) : value;
}

function walkCommand(base64: JsonValue, field: DescField, leaf: Leaf): JsonValue {
  if (typeof base64 !== "string") return base64;
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return walk(CommandSchema, toJson(CommandSchema, fromBinary(CommandSchema, bytes)), leaf);
  } catch {
    // Not a command of this schema: shown as what it is.
    return leaf(field, base64);
  }
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
