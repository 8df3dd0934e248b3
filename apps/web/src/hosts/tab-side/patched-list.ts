import { applyPatch, type ListPatch } from "../protocol/list-patch.ts";
import { plainEqual } from "../protocol/plain-equal.ts";

/** A list that another side tells by patches. Items that are equal to the ones before keep their identity, also when it is told anew. */
export class PatchedList<Item extends { readonly id: string }> {
  #items: readonly Item[] = [];
  #former: ReadonlyMap<string, Item> = new Map();

  /** Another teller begins, with an empty list. */
  restart(): void {
    if (this.#items.length > 0) this.#former = new Map(this.#items.map((item) => [item.id, item]));
    this.#items = [];
  }

  /** @returns the list after the patch; the same object if nothing changed */
  apply(patch: ListPatch<Item> | undefined): readonly Item[] {
    if (patch === undefined) return this.#items;
    const changed = patch.changed.map((item) => this.#known(item));
    this.#items = applyPatch(this.#items, { ...patch, changed }, plainEqual);
    return this.#items;
  }

  #known(item: Item): Item {
    const former = this.#former.get(item.id);
    return former !== undefined && plainEqual(former, item) ? former : item;
  }
}
