import type { DescEnum, DescField, DescMessage, DescMethod, Message } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { ProblemCode, ProblemCodeSchema, problemOfCloseCode } from "@parley/protocol";

/** From the device to the server, or back. */
export type Direction = "sent" | "received";

/** Where the walk over the schema begins: what can stand alone, in each direction. */
export interface Roots {
  readonly sent: readonly DescMessage[];
  readonly received: readonly DescMessage[];
  readonly methods: readonly DescMethod[];
}

/**
 * Which parts of the schema were really on the wire, by encoding, and for what goes over links by transport. A part is a message, a case of a oneof, a value
 * of an enum, or a method.
 */
export class Coverage {
  readonly #seen: Set<string>;
  readonly #transport: string | undefined;

  constructor(seen = new Set<string>(), transport?: string) {
    this.#seen = seen;
    this.#transport = transport;
  }

  /** The same, of what goes over links of a transport. */
  over(transport: string): Coverage {
    return new Coverage(this.#seen, transport);
  }

  message(direction: Direction, encoding: string, schema: DescMessage, message: Message): void {
    for (const part of partsOf(schema, reflect(schema, message))) this.#see(encoding, `${direction} ${part}`);
  }

  method(encoding: string, method: DescMethod): void {
    this.#see(encoding, methodPart(method));
  }

  closed(encoding: string, code: number): void {
    const problem = problemOfCloseCode(code);
    if (problem !== undefined) this.#see(encoding, closePart(problem));
  }

  has(encoding: string, part: string): boolean {
    return this.#seen.has(`${encoding} ${part}`);
  }

  /** In whichever encoding: what differs between them is seen over another transport. */
  hasOver(transport: string, part: string): boolean {
    return this.#seen.has(`over ${transport} ${part}`);
  }

  #see(encoding: string, part: string): void {
    this.#seen.add(`${encoding} ${part}`);
    if (this.#transport !== undefined) this.#seen.add(`over ${this.#transport} ${part}`);
  }
}

/** Every part of the schema that can travel. */
export function requiredParts({ sent, received, methods }: Roots): string[] {
  return [
    ...reachable(sent).map((part) => `sent ${part}`),
    ...reachable(received).map((part) => `received ${part}`),
    ...methods.map(methodPart),
    ...ProblemCodeSchema.values.slice(1).map(({ number }) => closePart(number)),
  ];
}

function methodPart(method: DescMethod): string {
  return `method ${method.parent.name}.${method.name}`;
}

function closePart(code: ProblemCode): string {
  return `close code ${ProblemCode[code]}`;
}

function reachable(roots: readonly DescMessage[]): string[] {
  const parts = new Set<string>();
  const waiting = [...roots];
  for (let schema = waiting.pop(); schema !== undefined; schema = waiting.pop()) {
    if (parts.has(schema.name)) continue;
    parts.add(schema.name);
    for (const field of schema.fields) {
      if (field.oneof !== undefined) parts.add(casePart(field));
      if (field.message !== undefined) waiting.push(field.message);
      // The first value of every enum stands for "not set".
      for (const value of field.enum?.values.slice(1) ?? []) parts.add(valuePart(field.enum, value.number));
    }
  }
  return [...parts];
}

function* partsOf(schema: DescMessage, message: ReflectMessage): Generator<string> {
  yield schema.name;
  for (const field of schema.fields) {
    if (!message.isSet(field)) continue;
    if (field.oneof !== undefined) yield casePart(field);
    for (const value of valuesOf(message, field)) {
      if (field.enum !== undefined) yield valuePart(field.enum, Number(value));
      if (isReflectMessage(value)) yield* partsOf(value.desc, value);
    }
  }
}

function valuesOf(message: ReflectMessage, field: DescField): Iterable<unknown> {
  if (field.fieldKind === "list") return message.get(field);
  return field.fieldKind === "map" ? message.get(field).values() : [message.get(field)];
}

function casePart(field: DescField): string {
  return `${field.parent.name}.${field.oneof?.name}=${field.name}`;
}

function valuePart(schema: DescEnum | undefined, number: number): string {
  const value = schema?.values.find((one) => one.number === number);
  return `${schema?.name}=${value?.localName ?? number}`;
}
