import { isMention } from "@parley/log";
import { type Entry, limits, type MentionsResponse } from "@parley/protocol";
import type { MentionItem, MentionsCursor, MentionsView } from "../api/mentions-view.ts";
import { isHidden } from "../core/account-hidden.ts";
import { nameOf } from "../core/conversation-view.ts";
import { foldOntoEntry } from "../core/fold-pending.ts";
import { newestRun } from "../core/held-conversation.ts";
import { mentionViews } from "../core/mention-views.ts";
import { pendingParts } from "../core/pending-parts.ts";
import { marksNow } from "../core/read-marks.ts";
import { messageBody, shownTime } from "../core/timeline-rows.ts";
import type { Batch } from "./batch.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Wire } from "./wire.ts";

/** Of so many conversations, those with the newest entries, so many rows are looked through without the server. */
const HELD_CONVERSATIONS = 100;
const HELD_ROWS = 200;
/** An answer without a message that is to be shown is followed by another question, so many times. */
const MOST_QUESTIONS = 20;

/** What the server said, or that it could not be asked. */
type Answered = MentionsResponse | undefined;

export interface MentionReaderParts {
  readonly model: Model;
  readonly outbox: Outbox;
  readonly wire: Wire;
  readonly requests: Requests;
  readonly hidden: HiddenKeeper;
}

/** Finds messages that mention the viewer: by the server's index, or without it among what is held. */
export class MentionReader {
  readonly #parts: MentionReaderParts;

  constructor(parts: MentionReaderParts) {
    this.#parts = parts;
  }

  /** Answers come as inputs of their own, so the view is handed out and not waited for; undefined where the server cannot be asked. */
  async look(
    after: MentionsCursor | undefined,
    batch: Batch,
  ): Promise<{ readonly view: Promise<MentionsView | undefined> }> {
    const { promise: view, resolve } = Promise.withResolvers<MentionsView | undefined>();
    const items: MentionItem[] = [];
    const go = (from: MentionsCursor | undefined, left: number, asking: Batch): void => {
      this.#ask("", from, limits.mentionsPerPage, asking, (answer, later) => {
        if (answer === undefined) return resolve(undefined);
        items.push(...answer.entries.flatMap((entry) => this.#item(entry) ?? []));
        const { next } = answer;
        if (next === undefined || items.length > 0 || left === 0)
          resolve({ items, next: cursorOf(next), complete: true });
        else go(cursorOf(next), left - 1, later);
      });
    };
    go(after, MOST_QUESTIONS, batch);
    return { view };
  }

  /** Conversations to be looked through without the server. */
  held(): readonly string[] {
    const known = [...this.#parts.model.conversations.values()].map(({ stored }) => stored);
    const newest = known.sort((one, other) => (other.newest?.receivedAt ?? 0) - (one.newest?.receivedAt ?? 0));
    return newest.slice(0, HELD_CONVERSATIONS).map(({ id }) => id);
  }

  /** Among the newest rows that are held of one. */
  async heldIn(conversation: string, batch: Batch): Promise<readonly MentionItem[]> {
    const stored = this.#parts.model.conversations.get(conversation)?.stored;
    if (stored === undefined) return [];
    const run = newestRun(stored);
    const rows = await batch.entries(conversation, { ...run, from: Math.max(run.from, run.to - HELD_ROWS + 1) });
    return rows.flatMap((entry) => this.#item(entry) ?? []);
  }

  /** The first unread one of a conversation. */
  async next(
    conversation: string,
    batch: Batch,
  ): Promise<{ readonly found: Promise<{ readonly id: string; readonly ordinal: number } | undefined> }> {
    const model = this.#parts.model.conversations.get(conversation);
    if (model === undefined) return { found: Promise.resolve(undefined) };
    const { read } = marksNow(model.stored);
    const run = newestRun(model.stored);
    const held = await this.#firstIn(conversation, Math.max(run.from, read + 1), run.to, batch);
    const { promise: found, resolve } = Promise.withResolvers<{ id: string; ordinal: number } | undefined>();
    // Those before what is held may come first.
    if (run.from <= read + 1 || model.mentions === 0) resolve(held);
    else {
      // The newest come first, and among them those that are hidden, which are not counted.
      const go = (first: Entry | undefined, from: MentionsCursor | undefined, left: number, asking: Batch): void => {
        this.#ask(conversation, from, limits.mentionsPerPage, asking, (answer, later) => {
          const entries = answer?.entries ?? [];
          const unread = entries.filter((entry) => entry.ordinal > read);
          const known = unread.findLast((entry) => this.#item(entry) !== undefined) ?? first;
          if (answer?.next === undefined || unread.length < entries.length || left === 0) resolve(known ?? held);
          else go(known, cursorOf(answer.next), left - 1, later);
        });
      };
      go(undefined, undefined, MOST_QUESTIONS, batch);
    }
    return { found };
  }

  async #firstIn(conversation: string, from: number, to: number, batch: Batch): Promise<Entry | undefined> {
    for (let first = from; first <= to; first += HELD_ROWS) {
      const rows = await batch.entries(conversation, { from: first, to: Math.min(to, first + HELD_ROWS - 1) });
      const found = rows.find((entry) => this.#item(entry) !== undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #ask(
    conversation: string,
    after: MentionsCursor | undefined,
    limit: number,
    batch: Batch,
    answered: (answer: Answered, batch: Batch) => void,
  ): void {
    const { wire, requests } = this.#parts;
    if (!wire.ready) {
      answered(undefined, batch);
      return;
    }
    requests.ask(
      { case: "mentions", value: { conversation, limit, ...(after !== undefined && { after }) } },
      {
        answered: ({ case: kind, value }, later) => answered(kind === "mentions" ? value : undefined, later),
        lost: (later) => answered(undefined, later),
      },
      batch,
    );
  }

  /** Undefined for what does not mention the viewer any more, or is hidden. */
  #item(stored: Entry): MentionItem | undefined {
    const { model, outbox, hidden } = this.#parts;
    const { account } = model.meta;
    const { conversation, id, ordinal, author } = stored;
    const held = model.conversations.get(conversation)?.stored;
    const changes = held && pendingParts(held, outbox.inLog(conversation), account).changes.get(id);
    const entry = foldOntoEntry(stored, changes ?? [], account);
    const leftOut = hidden.in(conversation);
    if (!isMention(entry, account) || leftOut.blocked.has(author) || isHidden(leftOut, entry)) return undefined;
    if (entry.body.case !== "message") return undefined;
    const body = messageBody(entry.body.value, mentionViews(entry.body.value, account, model.profiles));
    if (body.kind !== "text") return undefined;
    const unread = held !== undefined && ordinal > marksNow(held).read;
    const authorName = nameOf(author, model.profiles);
    return { conversation, id, ordinal, author, authorName, at: shownTime(entry), body, unread };
  }
}

function cursorOf(place: MentionsResponse["next"]): MentionsCursor | undefined {
  return place && { at: place.at, conversation: place.conversation, ordinal: place.ordinal };
}

/** What was found in several conversations, the newest first; what lies further back is not looked for. */
export function heldMentions(found: readonly MentionItem[]): MentionsView {
  const items = found.toSorted((one, other) => other.at - one.at).slice(0, limits.mentionsPerPage);
  return { items, next: undefined, complete: false };
}
