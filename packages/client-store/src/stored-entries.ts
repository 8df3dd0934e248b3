import { disappearsAt } from "@parley/log";
import type { Entry } from "@parley/protocol";

/** The entries of one conversation: at most one for each ordinal and each id. */
export class StoredEntries {
  #byOrdinal = new Map<number, Entry>();
  #ordinals = new Map<string, number>();

  get size(): number {
    return this.#byOrdinal.size;
  }

  copy(): StoredEntries {
    const copy = new StoredEntries();
    copy.#byOrdinal = new Map(this.#byOrdinal);
    copy.#ordinals = new Map(this.#ordinals);
    return copy;
  }

  /** Takes the place of what was stored at its ordinal, and of what was stored under its id elsewhere. */
  put(entry: Entry): void {
    const former = this.#byOrdinal.get(entry.ordinal);
    if (former !== undefined) this.#ordinals.delete(former.id);
    const elsewhere = this.#ordinals.get(entry.id);
    if (elsewhere !== undefined) this.#byOrdinal.delete(elsewhere);
    this.#byOrdinal.set(entry.ordinal, entry);
    this.#ordinals.set(entry.id, entry.ordinal);
  }

  forget(from: number, to: number): void {
    for (const entry of this.between(from, to)) {
      this.#byOrdinal.delete(entry.ordinal);
      this.#ordinals.delete(entry.id);
    }
  }

  /** Ascending by ordinal. */
  between(from: number, to: number): readonly Entry[] {
    const found: Entry[] = [];
    if (to - from < this.#byOrdinal.size) {
      for (let ordinal = from; ordinal <= to; ordinal++) {
        const entry = this.#byOrdinal.get(ordinal);
        if (entry !== undefined) found.push(entry);
      }
      return found;
    }
    for (const [ordinal, entry] of this.#byOrdinal) if (ordinal >= from && ordinal <= to) found.push(entry);
    return found.sort((one, other) => one.ordinal - other.ordinal);
  }

  /** In no particular order. */
  disappearing(): readonly Entry[] {
    return [...this.#byOrdinal.values()].filter((entry) => disappearsAt(entry) !== undefined);
  }

  withIds(ids: readonly string[]): readonly Entry[] {
    const found: Entry[] = [];
    for (const id of new Set(ids)) {
      const entry = this.#byOrdinal.get(this.#ordinals.get(id) ?? 0);
      if (entry !== undefined) found.push(entry);
    }
    return found;
  }
}
