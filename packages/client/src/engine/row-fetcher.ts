import type { Entry, Response } from "@parley/protocol";
import type { Applied } from "../core/held-conversation.ts";
import { canBringForward } from "../core/join-page.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel } from "./model.ts";
import type { Requests } from "./requests.ts";
import type { EngineRules } from "./rules.ts";

interface Asked {
  answered(answer: Response["answer"], later: Batch): Promise<void>;
  /** Answered, or never to be. */
  over(): void;
}

/** Fetches rows by id. */
export class RowFetcher {
  readonly #requests: Requests;
  readonly #rules: EngineRules;
  readonly #stage: (conversation: ConversationModel, applied: Applied, batch: Batch) => void;
  /** Rows that are on their way, each as of a head: what comes may be older than a later head. */
  readonly #asked = new Set<string>();
  /** Conversations of which rows that were not held are on their way. */
  readonly #bringing = new Set<string>();

  constructor(
    requests: Requests,
    rules: EngineRules,
    stage: (conversation: ConversationModel, applied: Applied, batch: Batch) => void,
  ) {
    this.#requests = requests;
    this.#rules = rules;
    this.#stage = stage;
  }

  /** Rows that are held without their content. */
  fetch(conversation: ConversationModel, ids: readonly string[], batch: Batch): void {
    const keyOf = (id: string, head = conversation.stored.head.seq) => `${id} ${head}`;
    const missing = ids.filter((id) => !this.#asked.has(keyOf(id)));
    if (missing.length === 0) return;
    const keys = missing.map((id) => keyOf(id));
    for (const key of keys) this.#asked.add(key);
    this.#ask(
      conversation,
      missing,
      {
        answered: async (answer, later) => {
          if (answer.case === "entries") await this.#join(conversation, answer.value.entries, later);
        },
        over: () => {
          for (const key of keys) this.#asked.delete(key);
        },
      },
      batch,
    );
  }

  /** Rows that are not held, wherever they lie. What the server does not give is out of this viewer's sight. */
  bring(conversation: ConversationModel, ids: readonly string[], batch: Batch): void {
    if (ids.length === 0 || this.#bringing.has(conversation.id)) return;
    this.#bringing.add(conversation.id);
    this.#ask(
      conversation,
      ids,
      {
        answered: (answer, later) => this.#add(conversation, ids, answer, later),
        over: () => void this.#bringing.delete(conversation.id),
      },
      batch,
    );
  }

  #ask(conversation: ConversationModel, ids: readonly string[], { answered, over }: Asked, batch: Batch): void {
    const { epoch } = conversation;
    const close = () => {
      over();
      conversation.closeQuestion();
    };
    conversation.openQuestion();
    this.#requests.ask(
      { case: "entries", value: { conversation: conversation.id, ids: [...ids] } },
      {
        answered: async (answer, later) => {
          if (epoch === conversation.epoch) await answered(answer, later);
          close();
        },
        lost: close,
      },
      batch,
    );
  }

  async #add(
    conversation: ConversationModel,
    asked: readonly string[],
    answer: Response["answer"],
    batch: Batch,
  ): Promise<void> {
    const { asOf, entries } = answer.case === "entries" ? answer.value : { asOf: 0, entries: [] };
    batch.touched.add(conversation.id);
    // An answer that leaves some out for its size gives at least one: the others are asked for again.
    if (entries.length === 0) for (const id of asked) conversation.outOfSight.add(id);
    if (entries.length === 0 || !canBringForward(conversation.journal, asOf)) return;
    const ids = entries.map((entry) => entry.id);
    const held = await batch.entriesById(conversation.id, ids);
    this.#stage(conversation, this.#rules.joinRows(conversation.stored, entries, conversation.journal, held), batch);
  }

  async #join(conversation: ConversationModel, fetched: readonly Entry[], batch: Batch): Promise<void> {
    const ids = fetched.map((entry) => entry.id);
    const held = await batch.entriesById(conversation.id, ids);
    const applied = this.#rules.joinEntries(conversation.stored, fetched, conversation.journal, held);
    this.#stage(conversation, applied, batch);
  }
}
