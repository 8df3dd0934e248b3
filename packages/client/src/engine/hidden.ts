import type { Entry } from "@parley/protocol";
import { type Hidden, hiddenWith, isHidden, isSameHidden, nothingHidden } from "../core/account-hidden.ts";
import { newestRun } from "../core/held-conversation.ts";
import type { StoredConversation, StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** So far back the list looks for a message that may be shown, in steps. */
const FARTHEST = 1_000;
const STEP = 50;

/** The messages that the account has hidden from itself, with what the outbox is to hide. */
export class HiddenKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  #stored: StoredMeta["hidden"];
  #read = false;
  #all: ReadonlyMap<string, Hidden> = new Map();
  /** What the list shows of conversations whose newest entry is hidden. */
  readonly #shown = new WeakMap<ConversationModel, Entry | undefined>();

  constructor(model: Model, outbox: Outbox) {
    this.#model = model;
    this.#outbox = outbox;
  }

  /** To be called before anything is counted or drawn: conversations of which more is hidden than before are touched. */
  refresh(batch: Batch): void {
    const { meta } = this.#model;
    if (this.#read && this.#stored === meta.hidden && !batch.touched.has(meta.account)) return;
    this.#read = true;
    this.#stored = meta.hidden;
    const before = this.#all;
    const all = hiddenWith(meta.hidden, meta.accountHead, this.#outbox.inLog(meta.account));
    this.#all = new Map(
      [...all].map(([id, hidden]) => {
        const known = before.get(id);
        return [id, known !== undefined && isSameHidden(known, hidden) ? known : hidden];
      }),
    );
    for (const id of new Set([...before.keys(), ...all.keys()])) {
      if (before.get(id) !== this.#all.get(id)) batch.touched.add(id);
    }
  }

  /** The same object as long as nothing changes. */
  in(conversation: string): Hidden {
    return this.#all.get(conversation) ?? nothingHidden;
  }

  /** Finds what the list shows of the conversations that this batch touched. */
  async findNewest(batch: Batch): Promise<void> {
    if (this.#all.size === 0) return;
    for (const id of batch.touchedAll ? this.#all.keys() : batch.touched) {
      const conversation = this.#model.conversations.get(id);
      const newest = conversation?.stored.newest;
      if (conversation === undefined || newest === undefined) continue;
      const hidden = this.in(id);
      if (isHidden(hidden, newest)) {
        this.#shown.set(conversation, await this.#lookBack(conversation.stored, hidden, batch));
      }
    }
  }

  /** The newest entry that may be shown, as far as it was found. */
  newestOf(stored: StoredConversation): Entry | undefined {
    const { newest, id } = stored;
    if (newest === undefined || !isHidden(this.in(id), newest)) return newest;
    const conversation = this.#model.conversations.get(id);
    return conversation === undefined ? undefined : this.#shown.get(conversation);
  }

  async #lookBack(stored: StoredConversation, hidden: Hidden, batch: Batch): Promise<Entry | undefined> {
    const held = newestRun(stored);
    const oldest = Math.max(held.from, held.to - FARTHEST);
    for (let to = held.to; to >= oldest; to -= STEP) {
      const rows = await batch.entries(stored.id, { from: Math.max(oldest, to - STEP + 1), to });
      const found = rows.findLast((row) => !isHidden(hidden, row));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
