import type { Entry } from "@parley/protocol";
import { type Blocks, blocksWith, isLeftOut, nobodyBlocked, withBlocks } from "../core/account-blocked.ts";
import { type Hidden, hiddenWith, isSameHidden, nothingHidden } from "../core/account-hidden.ts";
import { newestRun } from "../core/held-conversation.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredConversation, StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** So far back the list looks for a message that may be shown, in steps. */
const FARTHEST = 1_000;
const STEP = 50;

/** What the account has hidden from itself, and whom it blocks, with what the outbox is to change. */
export class HiddenKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  #stored: StoredMeta["hidden"];
  #storedBlocks: StoredMeta["blocked"];
  #read = false;
  #blocks: Blocks = nobodyBlocked;
  /** Where anything is hidden, and the conversations with those who are blocked. */
  #all: ReadonlyMap<string, Hidden> = new Map();
  #elsewhere: Hidden = nothingHidden;
  /** What the list shows of conversations whose newest entry is hidden. */
  readonly #shown = new WeakMap<ConversationModel, Entry | undefined>();

  constructor(model: Model, outbox: Outbox) {
    this.#model = model;
    this.#outbox = outbox;
  }

  /** To be called before anything is counted or drawn: conversations of which something else is hidden than before are touched. */
  refresh(batch: Batch): void {
    const { meta } = this.#model;
    const isSame = this.#stored === meta.hidden && this.#storedBlocks === meta.blocked;
    if (this.#read && isSame && !batch.touched.has(meta.account)) return;
    this.#read = true;
    this.#stored = meta.hidden;
    this.#storedBlocks = meta.blocked;
    const pending = this.#outbox.inLog(meta.account);
    const blocks = shareStructure(this.#blocks, blocksWith(meta.blocked, meta.account, meta.accountHead, pending));
    if (blocks !== this.#blocks) this.#touchAll(blocks, batch);
    const before = this.#all;
    const own = hiddenWith(meta.hidden, meta.accountHead, pending);
    const ids = new Set([
      ...own.keys(),
      ...[...blocks.people, ...blocks.inLog].map(({ conversation }) => conversation),
    ]);
    this.#all = new Map(
      [...ids].map((id) => {
        const known = before.get(id);
        const hidden = withBlocks(own.get(id) ?? nothingHidden, id, blocks);
        return [id, known !== undefined && isSameHidden(known, hidden) ? known : hidden];
      }),
    );
    for (const id of new Set([...before.keys(), ...ids])) {
      if (before.get(id) !== this.#all.get(id)) batch.touched.add(id);
    }
  }

  /** Whom one blocks, the one blocked last comes last. */
  get blocked(): Blocks["people"] {
    return this.#blocks.people;
  }

  /** The same object as long as nothing changes. */
  in(conversation: string): Hidden {
    return this.#all.get(conversation) ?? this.#elsewhere;
  }

  /** The last entry that windows go to: what comes after it while somebody is blocked is as if it had not come. */
  endOf({ id, entryHead }: StoredConversation): number {
    return Math.min(entryHead, this.in(id).cut?.ordinal ?? entryHead);
  }

  /** Finds what the list shows of the conversations that this batch touched. */
  async findNewest(batch: Batch): Promise<void> {
    if (this.#all.size === 0 && this.#blocks.people.length === 0) return;
    for (const id of batch.touchedAll ? this.#model.conversations.keys() : batch.touched) {
      const conversation = this.#model.conversations.get(id);
      const newest = conversation?.stored.newest;
      if (conversation === undefined || newest === undefined) continue;
      const hidden = this.in(id);
      if (isLeftOut(hidden, newest)) {
        this.#shown.set(conversation, await this.#lookBack(conversation.stored, hidden, batch));
      }
    }
  }

  /** The newest entry that may be shown, as far as it was found. */
  newestOf(stored: StoredConversation): Entry | undefined {
    const { newest, id } = stored;
    if (newest === undefined || !isLeftOut(this.in(id), newest)) return newest;
    const conversation = this.#model.conversations.get(id);
    return conversation === undefined ? undefined : this.#shown.get(conversation);
  }

  /** Who is blocked may have written anywhere. */
  #touchAll(blocks: Blocks, batch: Batch): void {
    this.#blocks = blocks;
    this.#elsewhere = withBlocks(nothingHidden, "", blocks);
    for (const id of this.#model.conversations.keys()) batch.touched.add(id);
    batch.touchedAll = true;
  }

  async #lookBack(stored: StoredConversation, hidden: Hidden, batch: Batch): Promise<Entry | undefined> {
    const held = newestRun(stored);
    const newest = Math.min(held.to, hidden.cut?.ordinal ?? held.to);
    const oldest = Math.max(held.from, newest - FARTHEST);
    for (let to = newest; to >= oldest; to -= STEP) {
      const rows = await batch.entries(stored.id, { from: Math.max(oldest, to - STEP + 1), to });
      const found = rows.findLast((row) => !isLeftOut(hidden, row));
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
