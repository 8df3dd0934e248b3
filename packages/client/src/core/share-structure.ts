/**
 * `next` with every part that equals the same part of `previous` replaced by it, so that what did not change keeps its identity. Plain
 * data only. Elements of arrays that have an `id` are matched by it, others by their place.
 */
export function shareStructure<T>(previous: unknown, next: T): T;
export function shareStructure(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return previous;
  if (Array.isArray(previous) && Array.isArray(next)) return shareArray(previous, next);
  if (isRecord(previous) && isRecord(next)) return shareRecord(previous, next);
  return next;
}

function shareArray(previous: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map<unknown, unknown>();
  for (const element of previous) if (isRecord(element) && "id" in element) byId.set(element["id"], element);
  const shared = next.map((element, index) => {
    const former = isRecord(element) && "id" in element ? byId.get(element["id"]) : previous[index];
    return shareStructure(former, element);
  });
  const unchanged = shared.length === previous.length && shared.every((element, index) => element === previous[index]);
  return unchanged ? previous : shared;
}

function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  if (isSame(previous, next, keys)) return previous;
  const shared = Object.fromEntries(keys.map((key) => [key, shareStructure(previous[key], next[key])]));
  return isSame(previous, shared, keys) ? previous : shared;
}

function isSame(previous: Record<string, unknown>, next: Record<string, unknown>, keys: readonly string[]): boolean {
  if (Object.keys(previous).length !== keys.length) return false;
  return keys.every((key) => key in previous && next[key] === previous[key]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
