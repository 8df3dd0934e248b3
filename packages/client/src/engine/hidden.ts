import { type Range, rangeAt } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { type Blocks, blocksWith, isLeftOut, nobodyBlocked, withBlocks } from "../core/account-blocked.ts";
import { type Hidden, hiddenWith, isSameHidden, nothingHidden } from "../core/account-hidden.ts";
import { lookBack, nothingToShow } from "../core/look-back.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredConversation, StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** At so many entries the list looks for one that it may show, in steps; what is hidden in runs is passed over and counts nothing. */
const MOST_LOOKED_AT = 1_000;
const STEP = 50;

/** What was found to be shown by the list, or what has to be fetched to go on looking. */
interface Found {
  readonly newest?: Entry;
  readonly lacking?: Range;
}

/** And what it was found with. */
interface Looked extends Found {
  readonly hidden: Hidden;
  readonly epoch: number;
}

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
  readonly #found = new WeakMap<ConversationModel, Looked>();

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
      // What was found before is behind it.
      if (!isLeftOut(hidden, newest)) this.#found.delete(conversation);
      if (!isLeftOut(hidden, newest) || this.#stands(conversation, hidden, batch)) continue;
      const found = await this.#look(conversation.stored, hidden, batch);
      this.#found.set(conversation, { ...found, hidden, epoch: conversation.epoch });
    }
  }

  /** The newest entry that may be shown, as far as it was found. */
  newestOf(stored: StoredConversation): Entry | undefined {
    const { newest } = stored;
    return newest === undefined || !isLeftOut(this.in(stored.id), newest) ? newest : this.#foundIn(stored).newest;
  }

  /** What the device does not hold, and has to look through for it. */
  lackingIn(stored: StoredConversation): Range | undefined {
    const { newest } = stored;
    return newest === undefined || !isLeftOut(this.in(stored.id), newest) ? undefined : this.#foundIn(stored).lacking;
  }

  #foundIn({ id }: StoredConversation): Found {
    const conversation = this.#model.conversations.get(id);
    return (conversation && this.#found.get(conversation)) ?? {};
  }

  /** Who is blocked may have written anywhere. */
  #touchAll(blocks: Blocks, batch: Batch): void {
    this.#blocks = blocks;
    this.#elsewhere = withBlocks(nothingHidden, "", blocks);
    for (const id of this.#model.conversations.keys()) batch.touched.add(id);
    batch.touchedAll = true;
  }

  /** Whether what was found is still the newest that may be shown: nothing that came since may be. */
  #stands(conversation: ConversationModel, hidden: Hidden, batch: Batch): boolean {
    const found = this.#found.get(conversation);
    if (found?.hidden !== hidden || found.epoch !== conversation.epoch || found.lacking !== undefined) return false;
    const { id = "", ordinal = 0 } = found.newest ?? {};
    return [...batch.staged(conversation.id)].every(
      (row) => row.ordinal < ordinal || (row.id !== id && isLeftOut(hidden, row)),
    );
  }

  async #look(stored: StoredConversation, hidden: Hidden, batch: Batch): Promise<Found> {
    const past = nothingToShow(stored, hidden);
    let left = MOST_LOOKED_AT;
    for (let before = stored.entryHead; left > 0; ) {
      const next = lookBack(before, past, Math.min(STEP, left));
      if (next === undefined) return {};
      const held = rangeAt(stored.ranges, next.to);
      if (held === undefined) return { lacking: next };
      const run = { from: Math.max(next.from, held.from), to: next.to };
      const rows = await batch.entries(stored.id, run);
      const newest = rows.findLast((row) => !isLeftOut(hidden, row));
      if (newest !== undefined) return { newest };
      left -= run.to - run.from + 1;
      before = run.from - 1;
    }
    return {};
  }
}
