import type { SavedSummary } from "../api/saved-view.ts";
import { type SavedPlace, savedWith } from "../core/account-saved.ts";
import { byConversation } from "../core/message-place.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { Kept } from "./kept.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

const none: ReadonlySet<string> = new Set();

/** The messages that the account has saved, as the device knows it, with what the outbox is to change. */
export class SavedKeeper {
  readonly #kept: Kept<StoredMeta["saved"], readonly SavedPlace[]>;
  #byConversation: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #version = 0;

  constructor(model: Model, outbox: Outbox) {
    this.#kept = new Kept<StoredMeta["saved"], readonly SavedPlace[]>(model, outbox, {
      stored: ({ saved }) => saved,
      with: (stored, accountHead, pending, before) => shareStructure(before, savedWith(stored, accountHead, pending)),
      none: [],
    });
  }

  refresh(batch: Batch): void {
    if (!this.#kept.refresh(batch)) return;
    this.#byConversation = byConversation(this.all);
    this.#version++;
    batch.touchedAll = true;
  }

  /** Ids of the saved messages of a conversation. */
  in(conversation: string): ReadonlySet<string> {
    return this.#byConversation.get(conversation) ?? none;
  }

  /** The last one last. */
  get all(): readonly SavedPlace[] {
    return this.#kept.value;
  }

  get summary(): SavedSummary | undefined {
    return this.all.length === 0 ? undefined : { count: this.all.length, version: this.#version };
  }
}
