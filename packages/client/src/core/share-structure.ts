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
  const formerOf = matching(previous);
  const shared = next.map((element, index) => shareStructure(formerOf(element, index), element));
  const unchanged = shared.length === previous.length && shared.every((element, index) => element === previous[index]);
  return unchanged ? previous : shared;
}

/** Finds for an element and its place the one before. Most stay in their place: they are looked up by id once one has moved. */
function matching(previous: readonly unknown[]): (element: unknown, index: number) => unknown {
  let byId: ReadonlyMap<unknown, unknown> | undefined;
  return (element, index) => {
    const there = previous[index];
    const id = idOf(element);
    if (id === undefined || idOf(there) === id) return there;
    byId ??= new Map(previous.map((former) => [idOf(former), former]));
    return byId.get(id);
  };
}

function idOf(value: unknown): unknown {
  return isRecord(value) ? value["id"] : undefined;
}

/** Most are as they were, or differ in few parts: nothing is made for what did not change. */
function shareRecord(previous: Record<string, unknown>, next: Record<string, unknown>): Record<string, unknown> {
  const keys = Object.keys(next);
  let same = Object.keys(previous).length === keys.length;
  let shared: Record<string, unknown> | undefined;
  for (const key of keys) {
    const part = shareStructure(previous[key], next[key]);
    if (part !== next[key]) {
      shared ??= { ...next };
      shared[key] = part;
    }
    same &&= key in previous && part === previous[key];
  }
  return same ? previous : (shared ?? next);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
