import { type Hidden, isHiddenInLog } from "../core/account-hidden.ts";
import { newestRun } from "../core/held-conversation.ts";
import { marksNow } from "../core/read-marks.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { EngineRules } from "./rules.ts";

/** More rows than this are not read for a count: the server's is continued instead. */
const MOST_ROWS = 200;

/** What a count was computed from. */
interface Computed {
  readonly stored: StoredConversation;
  readonly epoch: number;
  readonly certain: boolean;
  readonly hidden: Hidden;
}

/** Computes the unread counts of conversations that changed. */
export class UnreadKeeper {
  readonly #model: Model;
  readonly #hidden: HiddenKeeper;
  readonly #rules: EngineRules;
  readonly #viewer: string;
  readonly #computed = new WeakMap<ConversationModel, Computed>();

  constructor(model: Model, hidden: HiddenKeeper, rules: EngineRules, viewer: string) {
    this.#model = model;
    this.#hidden = hidden;
    this.#rules = rules;
    this.#viewer = viewer;
  }

  async refresh(batch: Batch): Promise<void> {
    for (const id of batch.touched) {
      const conversation = this.#model.conversations.get(id);
      if (conversation === undefined) continue;
      const computed = this.#computed.get(conversation);
      if (computed !== undefined && this.#stands(computed, conversation, batch)) {
        this.#computed.set(conversation, { ...computed, stored: conversation.stored });
      } else await this.count(conversation, batch);
    }
  }

  async count(conversation: ConversationModel, batch: Batch): Promise<void> {
    const { stored } = conversation;
    const { read } = marksNow(stored);
    const held = newestRun(stored);
    const hidden = this.#hidden.in(conversation.id);
    const entryHead = this.#endOf(stored, read);
    const run = { from: Math.max(held.from, read + 1, entryHead - MOST_ROWS + 1), to: Math.min(held.to, entryHead) };
    const rows = read >= entryHead ? [] : await batch.entries(conversation.id, run);
    const { unread, mentions, certain } = this.#rules.unreadCount({
      viewer: this.#viewer,
      base: stored.read,
      read,
      head: stored.head.seq,
      entryHead,
      run,
      rows,
      hidden,
    });
    conversation.unread = unread;
    conversation.mentions = mentions;
    conversation.recount ||= !certain;
    this.#computed.set(conversation, { stored, epoch: conversation.epoch, certain, hidden });
    batch.touched.add(conversation.id);
  }

  /** What comes while somebody is blocked is not counted, and read neither where what came before suffices: no mark will ever pass over it meanwhile. */
  #endOf(stored: StoredConversation, read: number): number {
    const end = this.#hidden.endOf(stored);
    const held = newestRun(stored);
    const isHeld = held.from <= read + 1 && held.to >= end;
    return end <= read || (isHeld && end - read <= MOST_ROWS) ? end : stored.entryHead;
  }

  /**
   * Whether a count is still that of the conversation. One's own messages are never unread, nor is what is hidden, so that no rows are read while a long queue
   * of the first is flushed, or somebody writes who is blocked.
   */
  #stands(computed: Computed, { stored, epoch: now, id }: ConversationModel, batch: Batch) {
    const { stored: before, epoch, certain, hidden } = computed;
    if (hidden !== this.#hidden.in(id)) return false;
    if (before === stored) return true;
    if (!certain || epoch !== now || before.read !== stored.read) return false;
    if (marksNow(before).read !== marksNow(stored).read || newestRun(before).from !== newestRun(stored).from)
      return false;
    return [...batch.staged(id)].every((row) => row.author === this.#viewer || isHiddenInLog(hidden, row));
  }
}
