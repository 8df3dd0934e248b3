import {
  type BinaryReadOptions,
  type DescField,
  type DescMessage,
  fromBinary,
  type MessageShape,
  ScalarType,
} from "@bufbuild/protobuf";
import { ByteReader, unusual } from "./byte-reader.ts";
import { WireType } from "./wire-type.ts";

/** Messages as what they are at run time: plain objects by local names of fields. */
type Plain = { [name: string]: unknown };
type Read = (reader: ByteReader) => unknown;
type ReadField = (reader: ByteReader, message: Plain) => void;

/**
 * Makes a decoder for one kind of message that answers as `fromBinary` does, and throws as it does. Bytes as encoders usually write them are read by what was looked up
 * of the schema once; fields of later versions, fields that come twice and malformed bytes are left to the library.
 *
 * @param options of the library, for what is left to it
 */
export function binaryDecoder<Desc extends DescMessage>(
  schema: Desc,
  options?: Partial<BinaryReadOptions>,
): (bytes: Uint8Array) => MessageShape<Desc> {
  const read = messageReader(schema, new Map());
  return (bytes) => {
    try {
      // What was read field by field of the schema is a message of the schema.
      return read(new ByteReader(bytes), bytes.length) as MessageShape<Desc>;
    } catch {
      return fromBinary(schema, bytes, options);
    }
  };
}

type ReadMessage = (reader: ByteReader, end: number) => Plain;

/** @param known readers that were made already: messages may hold messages of their own kind */
function messageReader(schema: DescMessage, known: Map<DescMessage, ReadMessage>): ReadMessage {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const empty = emptyMaker(schema);
  const fields = new Map<number, ReadField>();
  const read: ReadMessage = (reader, end) => {
    const message = empty();
    while (reader.at < end) {
      const readField = fields.get(reader.varint());
      if (readField === undefined) throw unusual;
      readField(reader, message);
    }
    if (reader.at !== end) throw unusual;
    return message;
  };
  known.set(schema, read);
  for (const field of schema.fields) {
    const [wireType, readValue] = valueReader(field, known);
    fields.set(((field.number << 3) | wireType) >>> 0, fieldReader(field, readValue));
  }
  return read;
}

/** Makes messages that have no field yet: absent ones are zero, as the library makes them. */
function emptyMaker(schema: DescMessage): () => Plain {
  const zeros: Plain = { $typeName: schema.typeName };
  const fresh: (readonly [string, () => unknown])[] = [];
  for (const member of schema.members) {
    const { localName } = member;
    if (member.kind === "oneof") fresh.push([localName, () => ({ case: undefined })]);
    else if (member.fieldKind === "list") fresh.push([localName, () => []]);
    else if (member.fieldKind === "enum") zeros[localName] = 0;
    else if (member.fieldKind === "scalar") zeros[localName] = scalarOf(member).zero;
  }
  return () => {
    const message = { ...zeros };
    for (const [name, make] of fresh) message[name] = make();
    return message;
  };
}

function fieldReader(field: DescField, readValue: Read): ReadField {
  const { localName } = field;
  if (field.fieldKind === "list") {
    return (reader, message) => {
      // A repeated field is an array, made so by `emptyMaker`.
      (message[localName] as unknown[]).push(readValue(reader));
    };
  }
  if (field.oneof !== undefined) {
    const group = field.oneof.localName;
    return (reader, message) => {
      // As for lists: a oneof is there from the beginning.
      if ((message[group] as { readonly case: string | undefined }).case !== undefined) throw unusual;
      message[group] = { case: localName, value: readValue(reader) };
    };
  }
  return (reader, message) => {
    // The second of two is merged with the first.
    if (field.fieldKind === "message" && message[localName] !== undefined) throw unusual;
    message[localName] = readValue(reader);
  };
}

function valueReader(field: DescField, known: Map<DescMessage, ReadMessage>): readonly [wireType: number, read: Read] {
  if (field.message !== undefined && field.fieldKind !== "map") {
    const read = messageReader(field.message, known);
    return [WireType.lengthDelimited, (reader) => read(reader, reader.end())];
  }
  if (field.fieldKind === "enum") return [WireType.varint, (reader) => reader.varint() | 0];
  const { wireType, read } = scalarOf(field);
  return [wireType, read];
}

function scalarOf(field: DescField): Scalar {
  const scalar = field.fieldKind === "map" ? undefined : scalars.get(field.scalar);
  // Packed lists, maps and the other number types are not in this schema; a test meets every field of it.
  if (scalar === undefined) throw new TypeError(`No way to read ${field.toString()}.`);
  return scalar;
}

interface Scalar {
  readonly wireType: number;
  readonly zero: unknown;
  readonly read: Read;
}

const scalars = new Map<ScalarType | undefined, Scalar>([
  [ScalarType.STRING, { wireType: WireType.lengthDelimited, zero: "", read: (reader) => reader.text() }],
  [ScalarType.BYTES, { wireType: WireType.lengthDelimited, zero: new Uint8Array(), read: (reader) => reader.bytes() }],
  [ScalarType.UINT32, { wireType: WireType.varint, zero: 0, read: (reader) => reader.varint() }],
  [ScalarType.FIXED32, { wireType: WireType.bit32, zero: 0, read: (reader) => reader.fixed32() }],
  [ScalarType.DOUBLE, { wireType: WireType.bit64, zero: 0, read: (reader) => reader.double() }],
  [ScalarType.BOOL, { wireType: WireType.varint, zero: false, read: (reader) => readBoolean(reader) }],
]);

function readBoolean(reader: ByteReader): boolean {
  const value = reader.varint();
  if (value > 1) throw unusual;
  return value === 1;
}
