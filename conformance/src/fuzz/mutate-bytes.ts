import { delimited, varint } from "../hostile/wire/protobuf-bytes.ts";
import type { Random } from "./random.ts";

/** A field of protobuf somewhere in a message: its tag and all that belongs to it. */
interface Field {
  readonly from: number;
  readonly contentFrom: number;
  readonly to: number;
}

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

/** Ways to spoil protobuf, from blind to knowing its structure. */
const mutations: readonly Mutation[] = [
  flipBits,
  truncate,
  insertNoise,
  (bytes, random) => onField(bytes, random, (field) => cut(bytes, field.from, field.to)),
  (bytes, random) => onField(bytes, random, (field) => insert(bytes, field.to, bytes.subarray(field.from, field.to))),
  (bytes, random) => onField(bytes, random, (field) => withTag(bytes, field, random)),
  (bytes, random) => onField(bytes, random, (field) => insert(bytes, field.from, unknownField(random))),
  (bytes, random) => onField(bytes, random, (field) => splice(bytes, field, random)),
  (bytes, random) => onField(bytes, random, (field) => lengthen(bytes, field, random)),
];

export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  return random.pick(mutations)(bytes, random);
}

function flipBits(bytes: Uint8Array, random: Random): Uint8Array {
  const flipped = bytes.slice();
  for (let count = 1 + random.below(4); count > 0 && flipped.length > 0; count--) {
    const at = random.below(flipped.length);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
  }
  return flipped;
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random.below(bytes.length + 1));
}

function insertNoise(bytes: Uint8Array, random: Random): Uint8Array {
  return insert(bytes, random.below(bytes.length + 1), random.bytes(1 + random.below(20)));
}

function unknownField(random: Random): Uint8Array {
  return delimited(1_000 + random.below(1_000), random.bytes(random.below(50)));
}

/** Another field number or wire type. */
function withTag(bytes: Uint8Array, field: Field, random: Random): Uint8Array {
  const tag = varint(random.chance(0.5) ? random.below(8) : random.below(30) * 8 + random.below(6));
  return new Uint8Array(Buffer.concat([bytes.subarray(0, field.from), tag, bytes.subarray(field.from + 1)]));
}

/** The content of a field where another one stands. */
function splice(bytes: Uint8Array, field: Field, random: Random): Uint8Array {
  const other = random.pick(fieldsOf(bytes, 0, bytes.length));
  const piece = bytes.subarray(other.from, other.to);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, field.from), piece, bytes.subarray(field.to)]));
}

/** A length, or a number, that is not what follows. */
function lengthen(bytes: Uint8Array, field: Field, random: Random): Uint8Array {
  const wrong = varint(random.pick([0, 1, 127, 128, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 40]));
  const rest = bytes.subarray(Math.min(field.contentFrom, field.to));
  return new Uint8Array(Buffer.concat([bytes.subarray(0, field.from + 1), wrong, rest]));
}

function cut(bytes: Uint8Array, from: number, to: number): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]));
}

function insert(bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]));
}

function onField(bytes: Uint8Array, random: Random, change: (field: Field) => Uint8Array): Uint8Array {
  const fields = fieldsOf(bytes, 0, bytes.length);
  return fields.length === 0 ? flipBits(bytes, random) : change(random.pick(fields));
}

/** The fields of a message and, as far as they look like messages, of what lies inside. */
function fieldsOf(bytes: Uint8Array, from: number, to: number): Field[] {
  const fields: Field[] = [];
  for (let at = from; at < to; ) {
    const tag = readVarint(bytes, at, to);
    if (tag === undefined) return [];
    const end = endOf(bytes, tag.next, to, tag.value % 8);
    if (end === undefined) return [];
    fields.push({ from: at, contentFrom: end.contentFrom, to: end.next });
    if (tag.value % 8 === 2) fields.push(...fieldsOf(bytes, end.contentFrom, end.next));
    at = end.next;
  }
  return fields;
}

function endOf(bytes: Uint8Array, at: number, to: number, wireType: number) {
  if (wireType === 1 || wireType === 5) {
    const next = at + (wireType === 1 ? 8 : 4);
    return next <= to ? { contentFrom: at, next } : undefined;
  }
  if (wireType !== 0 && wireType !== 2) return undefined;
  const number = readVarint(bytes, at, to);
  if (number === undefined) return undefined;
  if (wireType === 0) return { contentFrom: number.next, next: number.next };
  const next = number.next + number.value;
  return next <= to ? { contentFrom: number.next, next } : undefined;
}

function readVarint(bytes: Uint8Array, at: number, to: number): { value: number; next: number } | undefined {
  let value = 0;
  for (let index = 0; index < 5 && at + index < to; index++) {
    const byte = bytes[at + index] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return undefined;
}
