import type { Pending } from "../core/pending.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

export interface KeptParts<Stored, Value> {
  /** What the server has told of it. */
  readonly stored: (meta: StoredMeta) => Stored;
  /** The same with what the outbox is to change; may return `before`, where that says the same. */
  readonly with: (stored: Stored, accountHead: number, pending: readonly Pending[], before: Value) => Value;
  /** Before anything is known. */
  readonly none: Value;
}

/** Something that the account keeps for itself, as the device knows it: what its log says, and what the outbox is to change of that. */
export class Kept<Stored, Value> {
  readonly #model: Pick<Model, "meta">;
  readonly #outbox: Pick<Outbox, "inLog">;
  readonly #parts: KeptParts<Stored, Value>;
  #read: { readonly stored: Stored } | undefined;
  #value: Value;

  constructor(model: Pick<Model, "meta">, outbox: Pick<Outbox, "inLog">, parts: KeptParts<Stored, Value>) {
    this.#model = model;
    this.#outbox = outbox;
    this.#parts = parts;
    this.#value = parts.none;
  }

  get value(): Value {
    return this.#value;
  }

  /** To be called before views are made; whether it is another value now. After a change of the outbox, what is known is not as it was. */
  refresh(batch: Pick<Batch, "touched">): boolean {
    const { meta } = this.#model;
    const stored = this.#parts.stored(meta);
    if (this.#read !== undefined && this.#read.stored === stored && !batch.touched.has(meta.account)) return false;
    this.#read = { stored };
    const before = this.#value;
    this.#value = this.#parts.with(stored, meta.accountHead, this.#outbox.inLog(meta.account), before);
    return this.#value !== before;
  }
}
