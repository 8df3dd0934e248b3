import { holes, isVisible, type Range } from "@parley/log";
import type { Entry, Page } from "@parley/protocol";
import { limits } from "@parley/protocol";
import { sightOf } from "../core/followed.ts";
import type { Batch } from "./batch.ts";
import type { Conversations } from "./conversations.ts";
import type { ConversationModel } from "./model.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** Fetches what windows show or want to show and the device does not hold. */
export class HoleFiller {
  readonly #wire: Wire;
  readonly #requests: Requests;
  readonly #conversations: Conversations;
  readonly #viewer: string;
  /** Conversations of which a page is on its way. */
  readonly #asked = new Set<string>();
  /** Holes and rows that were asked for in vain: not again on this socket. */
  readonly #refused = new Set<string>();

  constructor(wire: Wire, requests: Requests, conversations: Conversations, viewer: string) {
    this.#wire = wire;
    this.#requests = requests;
    this.#conversations = conversations;
    this.#viewer = viewer;
  }

  /** Asks for the first hole in a run. False if there is one that cannot be filled now. */
  fill(conversation: ConversationModel, run: Range, batch: Batch): boolean {
    const { ranges, entryHead } = conversation.stored;
    const hole = holes(ranges, Math.min(entryHead, run.to)).find(({ to }) => to >= run.from);
    if (hole === undefined || this.#asked.has(conversation.id)) return true;
    if (!this.#wire.ready) return false;
    // Before it is current, a page would be newer than everything else that is held.
    if (conversation.catchUp.kind !== "current") return true;
    const from = Math.max(hole.from, run.from);
    if (this.#refused.has(refusalOf(conversation, from))) return false;
    this.#ask(conversation, { from, to: hole.to }, batch);
    return true;
  }

  /** Fetches rows whose content may be seen but did not come with their event. */
  fetchWithheld(conversation: ConversationModel, rows: Iterable<Entry>, batch: Batch): void {
    if (!this.#wire.ready) return;
    const intervals = sightOf(conversation.stored.state, this.#viewer);
    const ids: string[] = [];
    for (const row of rows) {
      const withheld = row.body.case === "message" && row.body.value.state.case === "withheld";
      if (!withheld || !isVisible(intervals, row.contentRev)) continue;
      const refusal = `${row.id} ${row.contentRev}`;
      if (!this.#refused.has(refusal)) ids.push(row.id);
      this.#refused.add(refusal);
    }
    if (ids.length > 0) this.#conversations.fetcher.fetch(conversation, ids, batch);
  }

  /** Fetches rows that lie anywhere. */
  bring(conversation: ConversationModel, ids: readonly string[], batch: Batch): void {
    // As above.
    if (!this.#wire.ready || conversation.catchUp.kind !== "current") return;
    this.#conversations.fetcher.bring(
      conversation,
      ids.filter((id) => !conversation.outOfSight.has(id)).slice(0, limits.idsPerRequest),
      batch,
    );
  }

  lost(): void {
    this.#refused.clear();
    this.#asked.clear();
  }

  #ask(conversation: ConversationModel, hole: Range, batch: Batch): void {
    const { id, epoch } = conversation;
    this.#asked.add(id);
    conversation.openQuestion();
    const limit = Math.min(limits.pageEntries, hole.to - hole.from + 1);
    this.#requests.ask(
      { case: "page", value: { conversation: id, cursor: { case: "after", value: hole.from - 1 }, limit } },
      {
        answered: async (answer, later) => {
          this.#asked.delete(id);
          later.touched.add(id);
          const page = answer.case === "page" && epoch === conversation.epoch ? answer.value : undefined;
          if (page !== undefined) await this.#join(conversation, page, hole, later);
          else if (answer.case !== "page") this.#refused.add(refusalOf(conversation, hole.from));
          conversation.closeQuestion();
        },
        lost: () => conversation.closeQuestion(),
      },
      batch,
    );
  }

  async #join(conversation: ConversationModel, page: Page, hole: Range, batch: Batch): Promise<void> {
    const joined = await this.#conversations.page(conversation, page, batch);
    const reached = page.fromOrdinal > 0 && page.fromOrdinal <= hole.from && page.toOrdinal >= hole.from;
    if (joined && !reached) this.#refused.add(refusalOf(conversation, hole.from));
  }
}

function refusalOf(conversation: ConversationModel, from: number): string {
  return `${conversation.id} ${from}`;
}
