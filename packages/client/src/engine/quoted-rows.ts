import type { Entry } from "@parley/protocol";
import type { JournalItem } from "../core/journal.ts";
import type { EngineRules } from "./rules.ts";

/** What is not known of a message: to be asked for, on its way, or asked for in vain. */
type Gap = "sought" | "asked" | "unavailable";

/**
 * Messages that are answered by those in windows, as far as windows do not show them themselves. They lie outside of what the device holds as complete,
 * so everything that arrives is applied to them here.
 */
export class QuotedRows {
  readonly #known = new Map<string, Entry | Gap>();
  #epoch = 0;

  get(id: string): Entry | "unavailable" | undefined {
    const known = this.#known.get(id);
    return known === "sought" || known === "asked" ? undefined : known;
  }

  has(id: string): boolean {
    return this.#known.has(id);
  }

  /** Forgets what nobody shows any more, and everything from before a Reset. */
  keep(wanted: ReadonlySet<string>, epoch: number): void {
    if (epoch !== this.#epoch) this.#known.clear();
    this.#epoch = epoch;
    for (const id of [...this.#known.keys()]) if (!wanted.has(id)) this.#known.delete(id);
  }

  put(entry: Entry): void {
    this.#known.set(entry.id, entry);
  }

  /** A row as it is held now, if it is one of these. */
  take(entry: Entry): void {
    const known = this.#known.get(entry.id);
    if (known === undefined || (typeof known === "object" && known.rev > entry.rev)) return;
    this.#known.set(entry.id, entry);
  }

  seek(ids: readonly string[]): void {
    for (const id of ids) this.#known.set(id, "sought");
  }

  get sought(): readonly string[] {
    return [...this.#known].filter(([, known]) => known === "sought").map(([id]) => id);
  }

  asked(ids: readonly string[]): void {
    for (const id of ids) this.#known.set(id, "asked");
  }

  /** Of those that are on their way: what became of each. Undefined: to be asked for again. */
  answered(ids: readonly string[], answerTo: (id: string) => Entry | "unavailable" | undefined): void {
    for (const id of ids) if (this.#known.get(id) === "asked") this.#known.set(id, answerTo(id) ?? "sought");
  }

  /** Something arrived in the conversation. */
  follow(items: readonly JournalItem[], followQuoted: EngineRules["followQuoted"]): void {
    for (const item of items) {
      const made = item.kind === "event" ? item.event.id : item.entry.id;
      // An answer may come before what it answers, if that was written in another tab: it is looked for anew.
      if (typeof this.#known.get(made) === "string") this.#known.delete(made);
    }
    for (const [id, known] of this.#known) {
      if (typeof known !== "object") continue;
      let entry: Entry | undefined = known;
      for (const item of items) entry = entry && followQuoted(entry, item);
      if (entry !== known) this.#known.set(id, entry ?? "sought");
    }
  }
}
