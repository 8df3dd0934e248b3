import { toJson } from "@bufbuild/protobuf";
import { type Entry, EntrySchema } from "@parley/protocol";

/** In what a row differs from the true one, for who reads a failure. */
export function differencesOf(given: Entry, expected: Entry): string {
  const one = fieldsOf(given);
  const other = fieldsOf(expected);
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => one.get(name) !== other.get(name))
    .map((name) => `${name} is ${one.get(name)}, not ${other.get(name)}`)
    .join("; ");
}

function fieldsOf(entry: Entry): Map<string, string> {
  const json = toJson(EntrySchema, entry);
  if (typeof json !== "object" || json === null) return new Map();
  return new Map(Object.entries(json).map(([name, value]) => [name, JSON.stringify(value)]));
}
