/** For the contract suite, which runs in browsers too. Compares plain data by value. */
export function assertEqual(actual: unknown, expected: unknown, what: string): void {
  if (equal(actual, expected)) return;
  throw new Error(`${what}: expected ${show(expected)}, found ${show(actual)}`);
}

function equal(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (one instanceof Uint8Array !== other instanceof Uint8Array || Array.isArray(one) !== Array.isArray(other)) {
    return false;
  }
  const others = new Map<string, unknown>(Object.entries(other).filter(isPresent));
  const ones = Object.entries(one).filter(isPresent);
  return ones.length === others.size && ones.every(([key, value]) => others.has(key) && equal(value, others.get(key)));
}

function isPresent([, value]: readonly [string, unknown]): boolean {
  return value !== undefined;
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
