import type { Entry } from "@parley/protocol";
import { isFresh } from "../core/held-conversation.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel } from "./model.ts";

/** The rows of the messages that are pinned in a conversation, as far as they are held: a few, wherever they lie. */
export class PinnedRows {
  readonly rows = new Map<string, Entry>();
  /** Ids of those that are not held. */
  missing: readonly string[] = [];
  /** Looked for in the store already. */
  readonly #looked = new Set<string>();

  clear(): void {
    this.rows.clear();
    this.#looked.clear();
    this.missing = [];
  }

  /** Brings the rows up to date with the model and with what the batch has put. */
  async refresh(source: ConversationModel, ids: readonly string[], batch: Batch): Promise<void> {
    const wanted = new Set(ids);
    for (const [id, row] of this.rows) if (!wanted.has(id) || !isFresh(source.stored, row)) this.#forget(id);
    for (const row of batch.staged(source.id)) {
      if (wanted.has(row.id) && isFresh(source.stored, row)) this.rows.set(row.id, row);
    }
    const unseen = ids.filter((id) => !this.rows.has(id) && !this.#looked.has(id));
    for (const id of unseen) this.#looked.add(id);
    for (const row of await batch.entriesById(source.id, unseen)) {
      if (isFresh(source.stored, row)) this.rows.set(row.id, row);
    }
    this.missing = ids.filter((id) => !this.rows.has(id));
  }

  #forget(id: string): void {
    this.rows.delete(id);
    this.#looked.delete(id);
  }
}
