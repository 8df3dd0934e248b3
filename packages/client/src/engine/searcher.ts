import { holes, type Range, type Ranges } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { SearchPage, SearchPlace, SearchResult } from "../api/search-view.ts";
import { isLeftOut } from "../core/account-blocked.ts";
import type { Hidden } from "../core/account-hidden.ts";
import { nameOf } from "../core/conversation-view.ts";
import { entryOfPending, foldOntoEntry } from "../core/fold-pending.ts";
import { isFresh, nothingHeld } from "../core/held-conversation.ts";
import { everyPost, type PendingParts, pendingParts } from "../core/pending-parts.ts";
import { excerptOf, matches, type SearchWords, searchWords } from "../core/search-text.ts";
import { messageBody, shownTime } from "../core/timeline-rows.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import { EngineError } from "./engine-error.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** A step ends with the first of these, so that others who ask the engine something are not kept waiting. */
const RESULTS_PER_STEP = 50;
const ENTRIES_PER_STEP = 2_000;
const STEP_MS = 8;
/** Read from the store at once. */
const ENTRIES_PER_READ = 500;
const LONGEST_QUERY = 500;

/** Looks through what the device holds of a conversation, one bounded step for each call. */
export class Searcher {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #hidden: HiddenKeeper;
  readonly #clock: Clock;
  readonly #viewer: string;

  constructor(model: Model, outbox: Outbox, hidden: HiddenKeeper, clock: Clock, viewer: string) {
    this.#model = model;
    this.#hidden = hidden;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#viewer = viewer;
  }

  async search(id: string, query: string, from: SearchPlace | undefined, batch: Batch): Promise<SearchPage> {
    const step = this.#begin(id, query);
    const { ranges, entryHead } = step.conversation;
    const complete = holes(ranges, entryHead).length === 0;
    const next = step.words.length === 0 ? undefined : await this.#walk(step, from, batch);
    return { results: step.results, searched: step.searched, next, complete };
  }

  /** Of messages that were found before, those that still are, as they are now. */
  async again(id: string, query: string, ids: readonly string[], batch: Batch): Promise<readonly SearchResult[]> {
    const step = this.#begin(id, query);
    const wanted = new Set(ids);
    for (const pending of step.parts.posts) {
      const entry = wanted.has(pending.entry.id) ? entryOfPending(pending, this.#viewer) : undefined;
      if (entry !== undefined) this.#look(step, entry, undefined);
    }
    for (const entry of await batch.entriesById(id, ids)) {
      if (isFresh(step.conversation, entry) && !step.posts.has(entry.id)) this.#look(step, entry, entry.ordinal);
    }
    return step.results;
  }

  #begin(id: string, query: string): Step {
    if (query.length > LONGEST_QUERY) throw new EngineError("invalid", "This is too long to look for.");
    const conversation = this.#model.conversations.get(id)?.stored ?? nothingHeld(id);
    const parts = pendingParts(conversation, this.#outbox.inLog(id), this.#viewer, everyPost);
    const posts = new Set(parts.posts.map(({ entry }) => entry.id));
    const endsAt = this.#clock.elapsed() + STEP_MS;
    const hidden = this.#hidden.in(id);
    return { conversation, words: searchWords(query), hidden, parts, posts, endsAt, results: [], searched: 0 };
  }

  async #walk(step: Step, from: SearchPlace | undefined, batch: Batch): Promise<SearchPlace | undefined> {
    if (from?.kind !== "entries") {
      const next = this.#walkPosts(step, from?.before ?? Number.POSITIVE_INFINITY);
      if (next !== undefined) return { kind: "pending", before: next };
    }
    const before = from?.kind === "entries" ? from.before : step.conversation.entryHead + 1;
    const next = await this.#walkEntries(step, before, batch);
    return next === undefined ? undefined : { kind: "entries", before: next };
  }

  /** @returns the place in its queue of the last one looked at, if the step ends there */
  #walkPosts(step: Step, before: number): number | undefined {
    for (const pending of [...step.parts.posts].reverse()) {
      const { position } = pending.entry;
      if (position >= before) continue;
      const entry = entryOfPending(pending, this.#viewer);
      if (entry !== undefined) this.#look(step, entry, undefined);
      if (this.#isOver(step)) return position;
    }
    return undefined;
  }

  /** @returns the ordinal of the last one looked at, if there are older ones */
  async #walkEntries(step: Step, before: number, batch: Batch): Promise<number | undefined> {
    const { id, ranges } = step.conversation;
    let left = ENTRIES_PER_STEP;
    let last = before;
    while (left > 0) {
      const run = runBefore(ranges, last, Math.min(left, ENTRIES_PER_READ));
      if (run === undefined) return undefined;
      for (const entry of [...(await batch.entries(id, run))].reverse()) {
        if (!step.posts.has(entry.id)) this.#look(step, entry, entry.ordinal);
        if (this.#isOver(step)) return entry.ordinal;
      }
      left -= run.to - run.from + 1;
      last = run.from;
    }
    return last;
  }

  #isOver({ results, endsAt }: Step): boolean {
    return results.length >= RESULTS_PER_STEP || this.#clock.elapsed() >= endsAt;
  }

  /** A message is searched as it is drawn: with the changes to it that wait, and only if its text may be shown. */
  #look(step: Step, stored: Entry, ordinal: number | undefined): void {
    const entry = foldOntoEntry(stored, step.parts.changes.get(stored.id) ?? [], this.#viewer);
    if (entry.body.case !== "message" || isLeftOut(step.hidden, stored)) return;
    const body = messageBody(entry.body.value);
    if (body.kind !== "text") return;
    step.searched += 1;
    if (!matches(body.text, step.words)) return;
    step.results.push({
      id: entry.id,
      ordinal,
      author: entry.author,
      authorName: nameOf(entry.author, this.#model.profiles),
      mine: entry.author === this.#viewer,
      at: shownTime(entry),
      excerpt: excerptOf(body.text, step.words),
    });
  }
}

interface Step {
  readonly conversation: StoredConversation;
  readonly words: SearchWords;
  readonly hidden: Hidden;
  readonly parts: PendingParts;
  /** Ids of the posts that are drawn as pending, whatever is held of them besides. */
  readonly posts: ReadonlySet<string>;
  readonly endsAt: number;
  readonly results: SearchResult[];
  searched: number;
}

/** The newest run of at most so many ordinals that is held before one. */
function runBefore(ranges: Ranges, before: number, most: number): Range | undefined {
  const range = ranges.findLast(({ from }) => from < before);
  if (range === undefined) return undefined;
  const to = Math.min(range.to, before - 1);
  return { from: Math.max(range.from, to - most + 1), to };
}
