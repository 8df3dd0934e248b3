import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { BOUNDARY_TEXTS, boundaryValues } from "./boundary-values.ts";
import type { Vocabulary } from "./vocabulary.ts";

const LONG_LIST = 300;
const ENUM_VALUES = [0, 1, 2, 99, 2 ** 31 - 1, -1];

interface Site {
  readonly parent: ReflectMessage;
  readonly field: DescField;
}

/** Puts one field of a message, at any depth, to the edge of what can be encoded: boundary values, ids of others, too many items, none. */
export function mutateMessage(schema: DescMessage, message: Message, words: Vocabulary): void {
  const sites = sitesOf(reflect(schema, message));
  if (sites.length === 0) return;
  const { parent, field } = words.random.pick(sites);
  if (words.random.chance(0.1)) parent.clear(field);
  else if (field.fieldKind === "list") mutateList(parent, field, words);
  else if (field.fieldKind !== "message" && field.fieldKind !== "map") parent.set(field, edgeOf(field, words));
  else parent.clear(field);
}

function mutateList(parent: ReflectMessage, field: DescField & { fieldKind: "list" }, words: Vocabulary): void {
  const list = parent.get(field);
  if (words.random.chance(0.3)) list.clear();
  else if (field.listKind !== "message") list.add(edgeOf(field, words));
  const again = list.get(0);
  if (again === undefined) return;
  for (let count = words.random.chance(0.3) ? LONG_LIST : 1; count > 0; count--) list.add(again);
}

function edgeOf(field: DescField, words: Vocabulary): string | number | boolean | Uint8Array {
  if (field.enum !== undefined) return words.random.pick(ENUM_VALUES);
  if (field.scalar === undefined) throw new Error(`${field.name} is no scalar.`);
  const edges = boundaryValues(field.scalar);
  // Most texts of the schema are ids: half of the time they become somebody else's.
  if (edges === BOUNDARY_TEXTS && words.random.chance(0.5)) return words.foreignId();
  return words.random.pick(edges);
}

/** Every field that is set, and every field of a scalar that could be. */
function sitesOf(reflected: ReflectMessage): Site[] {
  return reflected.fields.flatMap((field) => {
    const own: Site[] = field.oneof === undefined || reflected.isSet(field) ? [{ parent: reflected, field }] : [];
    if (field.message === undefined || !reflected.isSet(field)) return own;
    if (field.fieldKind === "message") return [...own, ...sitesOf(reflected.get(field))];
    if (field.fieldKind !== "list") return own;
    const inner = [...reflected.get(field)].flatMap((item) => sitesOf(item as ReflectMessage));
    return [...own, ...inner];
  });
}
