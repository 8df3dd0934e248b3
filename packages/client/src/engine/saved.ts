import type { SavedSummary } from "../api/saved-view.ts";
import { type SavedPlace, savedByConversation, savedWith } from "../core/account-saved.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

const none: ReadonlySet<string> = new Set();

/** The messages that the account has saved, as the device knows it, with what the outbox is to change. */
export class SavedKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  #stored: StoredMeta["saved"];
  #read = false;
  #all: readonly SavedPlace[] = [];
  #byConversation: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #version = 0;

  constructor(model: Model, outbox: Outbox) {
    this.#model = model;
    this.#outbox = outbox;
  }

  /** To be called before views are made: after a change of the outbox, what is known is not as it was. */
  refresh(batch: Batch): void {
    const { meta } = this.#model;
    if (this.#read && this.#stored === meta.saved && !batch.touched.has(meta.account)) return;
    this.#read = true;
    this.#stored = meta.saved;
    const pending = this.#outbox.inLog(meta.account);
    const all = shareStructure(this.#all, savedWith(meta.saved, meta.accountHead, pending));
    if (all === this.#all) return;
    this.#all = all;
    this.#byConversation = savedByConversation(all);
    this.#version++;
    batch.touchedAll = true;
  }

  /** Ids of the saved messages of a conversation. */
  in(conversation: string): ReadonlySet<string> {
    return this.#byConversation.get(conversation) ?? none;
  }

  /** The last one last. */
  get all(): readonly SavedPlace[] {
    return this.#all;
  }

  get summary(): SavedSummary | undefined {
    return this.#all.length === 0 ? undefined : { count: this.#all.length, version: this.#version };
  }
}
