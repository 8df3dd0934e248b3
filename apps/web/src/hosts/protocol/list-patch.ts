/** Things with ids, in an order, of which only those travel that the receiver lacks. */
export interface ListPatch<Item> {
  /** All ids in their order; left out while it stays as it was. */
  readonly order?: readonly string[];
  readonly changed: readonly Item[];
}

interface Identified {
  readonly id: string;
}

/** What changed between two lists, by the identity of their items; undefined if nothing did. */
export function patchOf<Item extends Identified>(
  before: readonly Item[],
  after: readonly Item[],
): ListPatch<Item> | undefined {
  if (before === after) return undefined;
  const known = new Set(before);
  const changed = after.filter((item) => !known.has(item));
  const sameOrder = before.length === after.length && before.every((item, index) => item.id === after[index]?.id);
  if (sameOrder) return changed.length === 0 ? undefined : { changed };
  return { order: after.map(({ id }) => id), changed };
}

/** The list after a patch. Items that did not change keep their identity; so does the list if none did. */
export function applyPatch<Item extends Identified>(
  before: readonly Item[],
  patch: ListPatch<Item>,
  same: (one: Item, other: Item) => boolean,
): readonly Item[] {
  const items = new Map(before.map((item) => [item.id, item]));
  for (const item of patch.changed) {
    const held = items.get(item.id);
    if (held === undefined || !same(held, item)) items.set(item.id, item);
  }
  const order = patch.order ?? before.map(({ id }) => id);
  const after = order.map((id) => items.get(id)).filter((item) => item !== undefined);
  const unchanged = after.length === before.length && after.every((item, index) => item === before[index]);
  return unchanged ? before : after;
}
