import { newestRun } from "../core/held-conversation.ts";
import { marksNow } from "../core/read-marks.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { EngineRules } from "./rules.ts";

/** More rows than this are not read for a count: the server's is continued instead. */
const MOST_ROWS = 200;

/** Computes the unread counts of conversations that changed. */
export class UnreadKeeper {
  readonly #model: Model;
  readonly #rules: EngineRules;
  readonly #viewer: string;
  /** The records that the counts were computed from. */
  readonly #computed = new WeakMap<ConversationModel, StoredConversation>();

  constructor(model: Model, rules: EngineRules, viewer: string) {
    this.#model = model;
    this.#rules = rules;
    this.#viewer = viewer;
  }

  async refresh(batch: Batch): Promise<void> {
    for (const id of batch.touched) {
      const conversation = this.#model.conversations.get(id);
      if (conversation === undefined || this.#computed.get(conversation) === conversation.stored) continue;
      await this.count(conversation, batch);
    }
  }

  async count(conversation: ConversationModel, batch: Batch): Promise<void> {
    const { stored } = conversation;
    const { read } = marksNow(stored);
    const { entryHead } = stored;
    const held = newestRun(stored);
    const run = { from: Math.max(held.from, read + 1, entryHead - MOST_ROWS + 1), to: held.to };
    const rows = read >= entryHead ? [] : await batch.entries(conversation.id, run);
    const { unread, certain } = this.#rules.unreadCount({
      viewer: this.#viewer,
      base: stored.read,
      read,
      head: stored.head.seq,
      entryHead,
      run,
      rows,
    });
    conversation.unread = unread;
    conversation.recount ||= !certain;
    this.#computed.set(conversation, stored);
    batch.touched.add(conversation.id);
  }
}
