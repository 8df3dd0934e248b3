import type { MessageRow, TimelineRow } from "@parley/client";

/** Messages that were selected to do something with all of them at once. */
export interface SelectionSnapshot {
  readonly ids: ReadonlySet<string>;
}

/** More is not selected: what is done with them stays something that can be looked through. */
export const MOST_SELECTED = 100;

/** Which messages are selected. A message stays selected when its row leaves the window, with what it said last. */
export class MessageSelection {
  readonly #rows = new Map<string, MessageRow>();
  /** Where a run begins. */
  #from: string;
  #snapshot: SelectionSnapshot;

  constructor(row: MessageRow) {
    this.#rows.set(row.id, row);
    this.#from = row.id;
    this.#snapshot = { ids: new Set(this.#rows.keys()) };
  }

  get snapshot(): SelectionSnapshot {
    return this.#snapshot;
  }

  /** In the order in which they stand, those that wait to be sent last. */
  get rows(): readonly MessageRow[] {
    return [...this.#rows.values()].sort(byPlace);
  }

  /** False where there are too many already. */
  toggle(row: MessageRow): boolean {
    this.#from = row.id;
    if (this.#rows.delete(row.id)) return this.#changed();
    return this.#add([row]);
  }

  /** Selects all that can be selected from the message that was toggled last to this one. False where they are too many. */
  extend(row: MessageRow, shown: readonly TimelineRow[], maySelect: (row: MessageRow) => boolean): boolean {
    const [from, to] = [shown.findIndex(({ id }) => id === this.#from), shown.findIndex(({ id }) => id === row.id)];
    if (from < 0 || to < 0) return this.#add([row]);
    const run = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    return this.#add(run.flatMap((one) => (one.kind === "message" && maySelect(one) ? [one] : [])));
  }

  /** What is in the window is selected as it is now, and what was deleted no more. */
  follow(shown: readonly TimelineRow[], maySelect: (row: MessageRow) => boolean): void {
    let changed = false;
    for (const row of shown) {
      if (row.kind !== "message" || !this.#rows.has(row.id)) continue;
      if (maySelect(row)) this.#rows.set(row.id, row);
      else changed = this.#rows.delete(row.id) || changed;
    }
    if (changed) this.#changed();
  }

  #add(rows: readonly MessageRow[]): boolean {
    const added = rows.filter(({ id }) => !this.#rows.has(id));
    const room = MOST_SELECTED - this.#rows.size;
    for (const row of added.slice(0, room)) this.#rows.set(row.id, row);
    this.#changed();
    return added.length <= room;
  }

  #changed(): boolean {
    this.#snapshot = { ids: new Set(this.#rows.keys()) };
    return true;
  }
}

/** The ids of those that wait tell which was written first. */
function byPlace(one: MessageRow, other: MessageRow): number {
  const [at, beside] = [one.ordinal ?? Number.MAX_SAFE_INTEGER, other.ordinal ?? Number.MAX_SAFE_INTEGER];
  return at - beside || (one.id < other.id ? -1 : 1);
}
