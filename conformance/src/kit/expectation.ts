import { inspect } from "node:util";

/** Fails a case with a sentence about what was expected. */
export function expectThat(condition: boolean, what: string, got?: unknown): asserts condition {
  if (condition) return;
  throw new Error(got === undefined ? `Expected ${what}.` : `Expected ${what}, got ${shown(got)}.`);
}

/** Structural equality. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  expectThat(Bun.deepEquals(actual, expected), `${what} to be ${shown(expected)}`, actual);
}

/** Every field that `expected` names is there with that value; what it leaves out may be anything. Lists are of the same length. */
export function expectMatch(actual: unknown, expected: unknown, what: string): void {
  const where = mismatch(actual, expected, "");
  expectThat(where === undefined, `${what}${where ?? ""} to match ${shown(expected)}`, actual);
}

/** The path to the first difference; undefined if there is none. */
function mismatch(actual: unknown, expected: unknown, path: string): string | undefined {
  if (typeof expected !== "object" || expected === null || expected instanceof Uint8Array) {
    return Bun.deepEquals(actual, expected) ? undefined : path;
  }
  if (typeof actual !== "object" || actual === null) return path;
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return path;
  for (const [key, value] of Object.entries(expected)) {
    const found = mismatch(Reflect.get(actual, key), value, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function shown(value: unknown): string {
  return inspect(value, { depth: 8, breakLength: 160, maxStringLength: 200, maxArrayLength: 20 });
}
