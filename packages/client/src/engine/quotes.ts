import { asOfTime } from "@parley/log";
import { type Entry, limits } from "@parley/protocol";
import { isFresh } from "../core/held-conversation.ts";
import { canBringForward } from "../core/join-page.ts";
import type { JournalItem } from "../core/journal.ts";
import type { QuoteTarget } from "../core/quote.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { EngineRules } from "./rules.ts";
import type { Wire } from "./wire.ts";

/** Finds the messages that others answer: on this device, else at the server, with one question for all that is missing. */
export class QuoteKeeper {
  readonly #wire: Wire;
  readonly #requests: Requests;
  readonly #outbox: Outbox;
  readonly #rules: EngineRules;
  readonly #now: () => number;

  /** @param now the server's clock */
  constructor(wire: Wire, requests: Requests, outbox: Outbox, rules: EngineRules, now: () => number) {
    this.#wire = wire;
    this.#requests = requests;
    this.#outbox = outbox;
    this.#rules = rules;
    this.#now = now;
  }

  /** @param conversation undefined while it is only begun on this device */
  targetOf(conversation: ConversationModel | undefined, id: string): QuoteTarget {
    const known = conversation?.quoted.get(id);
    if (known !== undefined && known !== "unavailable") return { kind: "entry", entry: asOfTime(known, this.#now()) };
    const pending = this.#outbox.get(id);
    const isOpen = pending !== undefined && !isHeld(pending.entry.state, conversation);
    if (isOpen) return { kind: "pending", pending };
    return { kind: known ?? "unknown" };
  }

  /** Brings what is known up to date with this batch, and asks for what is missing. @param wanted what windows show answers to, and not itself */
  async refresh(conversation: ConversationModel, wanted: ReadonlySet<string>, batch: Batch): Promise<void> {
    const { id, quoted, stored, epoch } = conversation;
    quoted.keep(wanted, epoch);
    if (wanted.size === 0) return;
    for (const entry of batch.staged(id)) quoted.take(entry);
    const unknown = [...wanted].filter((message) => !quoted.has(message));
    if (unknown.length > 0) {
      quoted.seek(unknown);
      for (const entry of await batch.entriesById(id, unknown)) if (isFresh(stored, entry)) quoted.put(entry);
    }
    this.#ask(conversation, batch);
  }

  #ask(conversation: ConversationModel, batch: Batch): void {
    const { id, quoted, epoch } = conversation;
    // Before it is current, an answer would be newer than everything else that is held.
    if (!this.#wire.ready || conversation.catchUp.kind !== "current") return;
    const ids = quoted.sought
      .filter((message) => this.targetOf(conversation, message).kind === "unknown")
      .slice(0, limits.idsPerRequest);
    if (ids.length === 0) return;
    quoted.asked(ids);
    conversation.openQuestion();
    this.#requests.ask(
      { case: "entries", value: { conversation: id, ids } },
      {
        answered: (answer, later) => {
          if (epoch === conversation.epoch) {
            const found = answer.case === "entries" ? this.#brought(conversation, answer.value) : noEntries;
            quoted.answered(ids, (message) => (found.has(message) ? found.get(message) : "unavailable"));
          }
          conversation.closeQuestion();
          later.touched.add(id);
        },
        lost: () => {
          quoted.answered(ids, () => undefined);
          conversation.closeQuestion();
        },
      },
      batch,
    );
  }

  /** What came, with everything that arrived meanwhile; undefined for what has to be asked for again. */
  #brought(
    { journal }: ConversationModel,
    { asOf, entries }: { readonly asOf: number; readonly entries: readonly Entry[] },
  ): ReadonlyMap<string, Entry | undefined> {
    const isKnown = canBringForward(journal, asOf);
    return new Map(
      entries.map((entry) => [entry.id, isKnown ? this.#broughtForward(entry, journal.items) : undefined]),
    );
  }

  #broughtForward(entry: Entry, items: readonly JournalItem[]): Entry | undefined {
    let row: Entry | undefined = entry;
    for (const item of items) row = row && this.#rules.followQuoted(row, item);
    return row;
  }
}

const noEntries: ReadonlyMap<string, Entry> = new Map();

/** What was accepted is an entry like others, once the device has come that far. */
function isHeld(
  state: { readonly kind: string; readonly seq?: number },
  conversation: ConversationModel | undefined,
): boolean {
  return state.kind === "accepted" && (state.seq ?? 0) <= (conversation?.stored.head.seq ?? 0);
}
