import type { Clock, Engine, ExcerptPart, Observable, SearchPlace, SearchResult } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

export interface SearchSnapshot {
  readonly query: string;
  readonly items: readonly SearchItem[];
  /** How many were found; empty until that is known. */
  readonly summary: string;
  /** How far it looked, or why it cannot. */
  readonly reach: string;
  readonly searching: boolean;
  readonly canShowMore: boolean;
}

export interface SearchItem {
  readonly id: string;
  /** Undefined while pending. */
  readonly ordinal: number | undefined;
  readonly author: string;
  readonly time: string;
  readonly fullTime: string;
  readonly excerpt: readonly ExcerptPart[];
}

export interface SearchPorts {
  readonly conversation: string;
  readonly engine: Pick<Engine, "search" | "searchAgain" | "account">;
  /** Tells of every change in the conversation. */
  readonly changes: Pick<Observable<unknown>, "subscribe">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
}

/** Typing on this quickly begins no search of its own. */
const TYPING_MS = 150;
/** What changes after this was not shown for long. */
const CHANGE_MS = 300;
const ITEMS_PER_PAGE = 50;

/** What of one query was found so far. */
interface Progress {
  readonly query: string;
  readonly results: readonly SearchResult[];
  readonly searched: number;
  readonly complete: boolean;
  readonly next: SearchPlace | undefined;
}

/** Looks for messages while somebody types, step by step, so that the engine has time for others in between. */
export class SearchViewModel implements Observable<SearchSnapshot> {
  readonly #ports: SearchPorts;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<SearchSnapshot>;
  #progress: Progress | undefined;
  #wanted = ITEMS_PER_PAGE;
  /** Steps of an earlier run come too late. */
  #run = 0;
  #cancelTyping: () => void = () => {};
  #cancelChange: (() => void) | undefined;

  constructor(ports: SearchPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#nothing(""));
    this.#disposables.add(
      ports.changes.subscribe(() => this.#changed()),
      () => this.#cancelTyping(),
      () => this.#cancelChange?.(),
      () => {
        this.#run++;
      },
    );
  }

  get = (): SearchSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  setQuery = (query: string): void => {
    this.#run++;
    this.#cancelTyping();
    this.#wanted = ITEMS_PER_PAGE;
    if (query.trim() === "") {
      this.#progress = undefined;
      this.#snapshot.set(this.#nothing(query));
      return;
    }
    this.#snapshot.change({ query, searching: true });
    const begun: Progress = { query, results: [], searched: 0, complete: true, next: undefined };
    this.#cancelTyping = this.#ports.clock.after(TYPING_MS, () => void this.#search(begun));
  };

  showMore = (): void => {
    const progress = this.#progress;
    if (progress?.next === undefined || this.get().searching) return;
    this.#wanted = progress.results.length + ITEMS_PER_PAGE;
    void this.#search(progress);
  };

  async #search(from: Progress): Promise<void> {
    const { engine, conversation, texts } = this.#ports;
    const run = ++this.#run;
    this.#snapshot.change({ searching: true });
    let progress = from;
    try {
      for (let over = false; !over; ) {
        const page = await engine.search(conversation, progress.query, progress.next);
        if (run !== this.#run) return;
        const { complete, next } = page;
        const results = [...progress.results, ...page.results];
        progress = { ...progress, results, searched: progress.searched + page.searched, complete, next };
        this.#progress = progress;
        over = next === undefined || results.length >= this.#wanted;
        // What was found before stays until there is something in its place.
        if (over || results.length > 0) this.#show(progress, !over);
      }
    } catch {
      if (run === this.#run) this.#snapshot.set({ ...this.#nothing(progress.query), reach: texts.search.failed });
    }
  }

  /** What was erased or edited meanwhile must not be shown any longer as it was. */
  #changed(): void {
    if (this.#progress === undefined || this.#cancelChange !== undefined) return;
    this.#cancelChange = this.#ports.clock.after(CHANGE_MS, () => {
      this.#cancelChange = undefined;
      void this.#lookAgain();
    });
  }

  async #lookAgain(): Promise<void> {
    const before = this.#progress;
    if (before === undefined || before.results.length === 0) return;
    const ids = before.results.map(({ id }) => id);
    const found = await this.#searchAgain(before.query, ids).catch(() => undefined);
    // A later step has put more behind what was looked at; that is looked at with the next change.
    if (found === undefined || this.#progress?.query !== before.query) return;
    const now = new Map(found.map((result) => [result.id, result]));
    const asked = new Set(ids);
    const results = this.#progress.results.flatMap((result) => {
      const current = asked.has(result.id) ? now.get(result.id) : result;
      return current === undefined ? [] : [current];
    });
    this.#progress = { ...this.#progress, results };
    this.#show(this.#progress, this.get().searching);
  }

  /** Step by step, too: what was found may be much. */
  async #searchAgain(query: string, ids: readonly string[]): Promise<readonly SearchResult[]> {
    const { engine, conversation } = this.#ports;
    const found: SearchResult[] = [];
    for (let at = 0; at < ids.length && this.#progress?.query === query; at += ITEMS_PER_PAGE) {
      found.push(...(await engine.searchAgain(conversation, query, ids.slice(at, at + ITEMS_PER_PAGE))));
    }
    return found;
  }

  #show({ results, searched, complete, next }: Progress, searching: boolean): void {
    const { texts } = this.#ports;
    this.#snapshot.change({
      items: this.#items(results),
      searching,
      summary: searching ? "" : this.#summary(results.length, next !== undefined),
      reach: texts.search.reach(searched, complete),
      canShowMore: !searching && next !== undefined,
    });
  }

  #summary(found: number, more: boolean): string {
    const { search } = this.#ports.texts;
    if (found === 0) return search.none;
    return more ? search.newest(found) : search.found(found);
  }

  #items(results: readonly SearchResult[]): readonly SearchItem[] {
    const { format, clock, texts, engine } = this.#ports;
    const self = engine.account.get().displayName;
    return results.map((result) => ({
      id: result.id,
      ordinal: result.ordinal,
      author: result.authorName || (result.mine ? self : texts.common.unknownPerson),
      time: format.short(result.at, clock.now()),
      fullTime: format.full(result.at),
      excerpt: result.excerpt,
    }));
  }

  #nothing(query: string): SearchSnapshot {
    const reach = this.#ports.texts.search.hint;
    return { query, items: [], summary: "", reach, searching: false, canShowMore: false };
  }
}
