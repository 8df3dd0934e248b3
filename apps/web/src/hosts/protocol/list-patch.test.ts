import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { applyPatch, patchOf } from "./list-patch.ts";
import { plainEqual } from "./plain-equal.ts";

interface Item {
  readonly id: string;
  readonly text: string;
}

const item = fc.record({ id: fc.constantFrom(..."abcdefgh"), text: fc.constantFrom("one", "two", "three") });
const list = fc.uniqueArray(item, { selector: ({ id }) => id });
/** Steps of a list in which items that did not change keep their identity, as the engine's views do. */
const history = fc.array(list, { minLength: 1, maxLength: 8 }).map((lists) => {
  const known = new Map<string, Item>();
  return lists.map((items) =>
    items.map((fresh) => {
      const held = known.get(fresh.id);
      const kept = held?.text === fresh.text ? held : fresh;
      known.set(fresh.id, kept);
      return kept;
    }),
  );
});

describe("patches of lists", () => {
  test("the receiver, who gets clones, ends with equal lists and keeps what did not change", () => {
    fc.assert(
      fc.property(history, (lists) => {
        let sent: readonly Item[] = [];
        let held: readonly Item[] = [];
        for (const next of lists) {
          const patch = patchOf(sent, next);
          const before = held;
          if (patch !== undefined) held = applyPatch(held, structuredClone(patch), plainEqual);
          expect(held).toEqual(next);
          for (const [index, now] of held.entries()) {
            const former = before.find(({ id }) => id === now.id);
            if (former !== undefined && former.text === now.text) expect(held[index]).toBe(former);
          }
          sent = next;
        }
      }),
    );
  });

  test("nothing travels for a list that is the same, and no order for one that only changed inside", () => {
    const [a, b] = [
      { id: "a", text: "one" },
      { id: "b", text: "one" },
    ];
    expect(patchOf([a, b], [a, b])).toBeUndefined();
    expect(patchOf([a, b], [a, { ...b, text: "two" }])).toEqual({ changed: [{ id: "b", text: "two" }] });
    expect(patchOf([a, b], [b, a])).toEqual({ order: ["b", "a"], changed: [] });
    expect(patchOf([a, b], [a])).toEqual({ order: ["a"], changed: [] });
  });

  test("a list told anew that says the same stays the same object", () => {
    const held = [{ id: "a", text: "one" }];
    const patch = patchOf<Item>([], structuredClone(held));
    expect(patch).toBeDefined();
    if (patch !== undefined) expect(applyPatch(held, patch, plainEqual)).toBe(held);
  });
});
