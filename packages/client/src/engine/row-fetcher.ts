import type { Entry } from "@parley/protocol";
import type { Applied } from "../core/held-conversation.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel } from "./model.ts";
import type { Requests } from "./requests.ts";
import type { EngineRules } from "./rules.ts";

/** Fetches rows by id, for rows that are held without their content. */
export class RowFetcher {
  readonly #requests: Requests;
  readonly #rules: EngineRules;
  readonly #stage: (conversation: ConversationModel, applied: Applied, batch: Batch) => void;
  /** Rows that are on their way, each as of a head: what comes may be older than a later head. */
  readonly #asked = new Set<string>();

  constructor(
    requests: Requests,
    rules: EngineRules,
    stage: (conversation: ConversationModel, applied: Applied, batch: Batch) => void,
  ) {
    this.#requests = requests;
    this.#rules = rules;
    this.#stage = stage;
  }

  fetch(conversation: ConversationModel, ids: readonly string[], batch: Batch): void {
    const { epoch, stored } = conversation;
    const keyOf = (id: string) => `${id} ${stored.head.seq}`;
    const missing = ids.filter((id) => !this.#asked.has(keyOf(id)));
    if (missing.length === 0) return;
    for (const id of missing) this.#asked.add(keyOf(id));
    const forget = () => {
      for (const id of missing) this.#asked.delete(keyOf(id));
    };
    conversation.openQuestion();
    this.#requests.ask(
      { case: "entries", value: { conversation: conversation.id, ids: missing } },
      {
        answered: async (answer, later) => {
          forget();
          if (answer.case === "entries" && epoch === conversation.epoch) {
            await this.#join(conversation, answer.value.entries, later);
          }
          conversation.closeQuestion();
        },
        lost: () => {
          forget();
          conversation.closeQuestion();
        },
      },
      batch,
    );
  }

  async #join(conversation: ConversationModel, fetched: readonly Entry[], batch: Batch): Promise<void> {
    const ids = fetched.map((entry) => entry.id);
    const held = await batch.entriesById(conversation.id, ids);
    const applied = this.#rules.joinEntries(conversation.stored, fetched, conversation.journal, held);
    this.#stage(conversation, applied, batch);
  }
}
