import { type Entry, limits } from "@parley/protocol";
import type { MessagePlace, PlacedMessage } from "../api/placed-message.ts";
import { isHidden } from "../core/account-hidden.ts";
import { nameOf } from "../core/conversation-view.ts";
import { foldOntoEntry } from "../core/fold-pending.ts";
import { isFresh } from "../core/held-conversation.ts";
import { byConversation } from "../core/message-place.ts";
import { pendingParts } from "../core/pending-parts.ts";
import { messageBody, shownTime } from "../core/timeline-rows.ts";
import type { Batch } from "./batch.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** What is known of some messages of one conversation. */
interface Found {
  readonly conversation: string;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Of which the server has said that there is nothing to see. */
  readonly gone: ReadonlySet<string>;
}

interface Search extends Pick<Found, "conversation" | "entries"> {
  readonly ids: readonly string[];
  resolve(found: Found): void;
}

/** Reads messages wherever they are: those held from the store, the others from the server, where it can be asked. */
export class MessageReader {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #wire: Wire;
  readonly #requests: Requests;
  readonly #hidden: HiddenKeeper;

  constructor(model: Model, outbox: Outbox, wire: Wire, requests: Requests, hidden: HiddenKeeper) {
    this.#model = model;
    this.#outbox = outbox;
    this.#wire = wire;
    this.#requests = requests;
    this.#hidden = hidden;
  }

  /** In the order of the places. Answers come as inputs of their own, so what is found is handed out and not waited for. */
  async read(
    places: readonly MessagePlace[],
    batch: Batch,
  ): Promise<{ readonly messages: Promise<readonly PlacedMessage[]> }> {
    const asked: Promise<Found>[] = [];
    for (const [conversation, ids] of byConversation(places)) {
      const { found } = await this.#find(conversation, [...ids], batch);
      asked.push(found);
    }
    const messages = Promise.all(asked).then((found) => {
      const known = new Map(found.map((one) => [one.conversation, one]));
      return places.map((place) => this.#placed(place, known.get(place.conversation)));
    });
    return { messages };
  }

  async #find(conversation: string, ids: readonly string[], batch: Batch): Promise<{ found: Promise<Found> }> {
    const stored = this.#model.conversations.get(conversation)?.stored;
    const rows = stored === undefined ? [] : await batch.entriesById(conversation, ids);
    const held = rows.filter((row) => stored !== undefined && isFresh(stored, row));
    const { promise: found, resolve } = Promise.withResolvers<Found>();
    this.#ask({ conversation, ids, entries: new Map(held.map((row) => [row.id, row])), resolve }, batch);
    return { found };
  }

  /** Asks for what is missing, again where an answer had no room for all of it. */
  #ask({ conversation, ids, entries, resolve }: Search, batch: Batch): void {
    const missing = ids.filter((id) => !entries.has(id));
    const end = (gone: readonly string[]): void => resolve({ conversation, entries, gone: new Set(gone) });
    if (missing.length === 0 || !this.#wire.ready) {
      end([]);
      return;
    }
    const asked = missing.slice(0, limits.idsPerRequest);
    this.#requests.ask(
      { case: "entries", value: { conversation, ids: asked } },
      {
        answered: ({ case: kind, value }, later) => {
          const told = kind === "entries" ? value.entries : [];
          if (told.length === 0) return end(asked);
          const all = new Map([...entries, ...told.map((row) => [row.id, row] as const)]);
          this.#ask({ conversation, ids, entries: all, resolve }, later);
        },
        lost: () => end([]),
      },
      batch,
    );
  }

  #placed({ conversation, message: id }: MessagePlace, found: Found | undefined): PlacedMessage {
    const stored = found?.entries.get(id);
    if (stored !== undefined && isHidden(this.#hidden.in(conversation), stored)) {
      return { conversation, id, what: { kind: "gone" } };
    }
    if (stored === undefined) return { conversation, id, what: { kind: found?.gone.has(id) ? "gone" : "elsewhere" } };
    const { meta, profiles, conversations } = this.#model;
    const held = conversations.get(conversation)?.stored;
    const changes = held && pendingParts(held, this.#outbox.inLog(conversation), meta.account).changes.get(id);
    const entry = foldOntoEntry(stored, changes ?? [], meta.account);
    if (entry.body.case !== "message") return { conversation, id, what: { kind: "gone" } };
    const { author, ordinal } = entry;
    const who = { author, authorName: nameOf(author, profiles), mine: author === meta.account };
    const body = messageBody(entry.body.value);
    return { conversation, id, what: { kind: "message", ordinal, ...who, at: shownTime(entry), body } };
  }
}
