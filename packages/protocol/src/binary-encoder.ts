import { type DescField, type DescMessage, type Message, type MessageShape, ScalarType } from "@bufbuild/protobuf";
import { ByteWriter } from "./byte-writer.ts";
import { WireType } from "./wire-type.ts";

/** Messages as what they are at run time: plain objects by local names of fields. */
type Plain = { readonly [name: string]: unknown };
type Write = (writer: ByteWriter, value: unknown) => void;
type WriteField = (writer: ByteWriter, message: Plain) => void;

interface UnknownField {
  readonly no: number;
  readonly wireType: number;
  readonly data: Uint8Array;
}

/**
 * Makes an encoder for one kind of message, byte for byte as `toBinary` writes it. What has to be known of the schema is looked up once
 * and not for every field of every frame.
 *
 * @param lasting kinds of messages inside it that never change once they were written, and are written many times: the bytes of each are kept as long as it is
 */
export function binaryEncoder<Desc extends DescMessage>(
  schema: Desc,
  lasting: readonly DescMessage[] = [],
): (message: MessageShape<Desc>) => Uint8Array {
  const known = new Map(lasting.map((kind) => [kind, lastingWriter(binaryEncoder(kind))]));
  const write = messageWriter(schema, known);
  const writer = new ByteWriter();
  return (message) => {
    writer.start();
    write(writer, message);
    return writer.finish();
  };
}

function lastingWriter(encode: (message: Message) => Uint8Array): Write {
  const kept = new WeakMap<object, Uint8Array>();
  return (writer, value) => {
    const message = value as Message;
    let bytes = kept.get(message);
    if (bytes === undefined) {
      bytes = encode(message);
      kept.set(message, bytes);
    }
    writer.raw(bytes);
  };
}

/** @param known writers that were made already: messages may hold messages of their own kind */
function messageWriter(schema: DescMessage, known: Map<DescMessage, Write>): Write {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const fields: WriteField[] = [];
  const write: Write = (writer, value) => {
    // Only messages of this schema come here, by their own schema's word.
    const message = value as Plain;
    for (const writeField of fields) writeField(writer, message);
    // Where the library keeps the fields of later versions.
    const unknown = message["$unknown"] as readonly UnknownField[] | undefined;
    if (unknown !== undefined) for (const field of unknown) writeUnknown(writer, field);
  };
  known.set(schema, write);
  for (const field of [...schema.fields].sort((one, other) => one.number - other.number)) {
    fields.push(fieldWriter(field, known));
  }
  return write;
}

function fieldWriter(field: DescField, known: Map<DescMessage, Write>): WriteField {
  const { localName } = field;
  const write = taggedWriter(field, known);
  if (field.fieldKind === "list") {
    return (writer, message) => {
      // A repeated field is an array, by its schema.
      for (const value of message[localName] as readonly unknown[]) write(writer, value);
    };
  }
  if (field.oneof !== undefined) {
    const group = field.oneof.localName;
    return (writer, message) => {
      const chosen = message[group] as { readonly case: string | undefined; readonly value?: unknown };
      if (chosen.case === localName) write(writer, chosen.value);
    };
  }
  const isDefault = defaultOf(field);
  return (writer, message) => {
    const value = message[localName];
    if (!isDefault(value)) write(writer, value);
  };
}

/** How the value of a field looks that is not written. */
function defaultOf(field: DescField): (value: unknown) => boolean {
  if (field.fieldKind === "message") return (value) => value === undefined;
  switch (field.scalar) {
    case ScalarType.STRING:
      return (value) => value === "";
    case ScalarType.BYTES:
      return (value) => (value as Uint8Array).length === 0;
    case ScalarType.BOOL:
      return (value) => value === false;
    default:
      // Below zero there is another zero, which is written.
      return (value) => Object.is(value, 0);
  }
}

/** Writes one value of a field, its tag in front. */
function taggedWriter(field: DescField, known: Map<DescMessage, Write>): Write {
  const [wireType, write] = valueWriter(field, known);
  const tag = ((field.number << 3) | wireType) >>> 0;
  return (writer, value) => {
    writer.varint(tag);
    write(writer, value);
  };
}

function valueWriter(field: DescField, known: Map<DescMessage, Write>): readonly [number, Write] {
  if (field.message !== undefined && field.fieldKind !== "map") {
    const writeMessage = messageWriter(field.message, known);
    return [
      WireType.lengthDelimited,
      (writer, value) => {
        const start = writer.begin();
        writeMessage(writer, value);
        writer.end(start);
      },
    ];
  }
  if (field.enum !== undefined && field.fieldKind === "enum") return [WireType.varint, writeEnum];
  const writer = scalarWriters.get(field.scalar);
  // Packed lists, maps and the other number types are not in this schema; a test meets every field of it.
  if (writer === undefined) throw new TypeError(`No way to write ${field.toString()}.`);
  return writer;
}

const scalarWriters = new Map<ScalarType | undefined, readonly [number, Write]>([
  [ScalarType.STRING, [WireType.lengthDelimited, (writer, value) => writer.text(value as string)]],
  [ScalarType.BYTES, [WireType.lengthDelimited, writeBytes]],
  [ScalarType.UINT32, [WireType.varint, writeUint32]],
  [ScalarType.FIXED32, [WireType.bit32, (writer, value) => writer.fixed32(uint32(value))]],
  [ScalarType.DOUBLE, [WireType.bit64, (writer, value) => writer.double(value as number)]],
  [ScalarType.BOOL, [WireType.varint, (writer, value) => writer.varint(Number(value))]],
]);

function writeUint32(writer: ByteWriter, value: unknown): void {
  writer.varint(uint32(value));
}

/** Numbers of later versions are kept, below zero as well. */
function writeEnum(writer: ByteWriter, value: unknown): void {
  const number = value as number;
  if (number < 0) writer.negative(number);
  else writeUint32(writer, number);
}

function writeBytes(writer: ByteWriter, value: unknown): void {
  const bytes = value as Uint8Array;
  writer.varint(bytes.length);
  writer.raw(bytes);
}

/** Anything else would be written as another number. */
function uint32(value: unknown): number {
  if (typeof value !== "number" || value >>> 0 !== value) throw new RangeError(`${value} is no uint32.`);
  return value;
}

function writeUnknown(writer: ByteWriter, { no, wireType, data }: UnknownField): void {
  writer.varint(((no << 3) | wireType) >>> 0);
  writer.raw(data);
}
