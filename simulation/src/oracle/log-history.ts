import {
  applyToConversation,
  applyToEntry,
  asSeenBy,
  conversationOf,
  countMentions,
  countUnread,
  entryOf,
  type Intervals,
  isVisible,
  memberOf,
  targetOf,
  viewerHead,
} from "@parley/log";
import type { Conversation, Entry, Event } from "@parley/protocol";

/** The life of one entry: each version that it ever had, ascending by rev. */
export type EntryHistory = readonly Entry[];

const nothing: ReadonlySet<string> = new Set();

type Count = typeof countUnread;

/** The truth about one conversation: its events with their content, and every version of every row that follows from them. */
export class LogHistory {
  readonly events: Event[] = [];
  readonly #entries: Entry[][] = [];
  readonly #byId = new Map<string, Entry[]>();
  readonly #states: Conversation[] = [];
  readonly #logOf: (id: string) => LogHistory;

  /** @param logOf where a thread finds its parent */
  constructor(logOf: (id: string) => LogHistory) {
    this.#logOf = logOf;
  }

  /** Of a thread: the conversation that it belongs to. */
  get parent(): LogHistory | undefined {
    const parent = this.#states[0]?.parent ?? "";
    return parent === "" ? undefined : this.#logOf(parent);
  }

  get head(): number {
    return this.events.length;
  }

  get entryHead(): number {
    return this.#entries.length;
  }

  get state(): Conversation | undefined {
    return this.#states.at(-1);
  }

  /** Applies the next event. It must carry its content. */
  append(event: Event): void {
    this.events.push(event);
    const before = this.state;
    const after = before === undefined ? conversationOf(event) : applyToConversation(before, event);
    if (after !== undefined && after !== before) this.#states.push(after);
    const made = entryOf(event);
    if (made !== undefined) {
      const versions = [made];
      this.#entries.push(versions);
      this.#byId.set(made.id, versions);
    }
    const target = this.#byId.get(targetOf(event) ?? "");
    const newest = target?.at(-1);
    if (target === undefined || newest === undefined) return;
    const changed = applyToEntry(newest, event);
    if (changed !== newest) target.push(changed);
  }

  /** The conversation as of a seq. */
  stateAt(seq: number): Conversation | undefined {
    return this.#states.findLast((state) => state.rev <= seq);
  }

  historyAt(ordinal: number): EntryHistory | undefined {
    return this.#entries[ordinal - 1];
  }

  historyOf(id: string): EntryHistory | undefined {
    return this.#byId.get(id);
  }

  intervals(viewer: string): Intervals {
    const { state, parent } = this;
    if (state === undefined) return [];
    const own = memberOf(state, viewer);
    if (parent === undefined || own?.present === true) return own?.intervals ?? [];
    // Who has left the parent keeps of a thread what it saw as one who followed it.
    if (own !== undefined && !parent.isPresent(viewer)) return own.intervals;
    return inherited(this.events, parent.intervals(viewer));
  }

  /** Whether it was this event by which an account ceased to be a member; of a thread: to follow it. */
  endedAt(account: string, seq: number): boolean {
    const own = this.state && memberOf(this.state, account);
    return own?.intervals.some(({ to }) => to === seq) === true;
  }

  isPresent(account: string, seq = this.head): boolean {
    const state = this.stateAt(seq);
    return state !== undefined && memberOf(state, account)?.present === true;
  }

  /** Whether an account was a member once an event had happened; of all of the time before it came, too, where it may see that. */
  wasMemberAfter(account: string, seq: number): boolean {
    return this.intervals(account).some(({ from, to }) => seq >= from && (to === 0 || seq < to));
  }

  viewerHead(viewer: string): number {
    return viewerHead(this.intervals(viewer), this.head);
  }

  /** The entry as this viewer may see it as of a seq; undefined if it may not, or if there was none. */
  seen(viewer: string, ordinal: number, seq: number): Entry | undefined {
    const version = this.historyAt(ordinal)?.findLast((entry) => entry.rev <= seq);
    return version === undefined ? undefined : asSeenBy(this.intervals(viewer), version);
  }

  /**
   * Every form in which an entry may be told or shown to a viewer as of a seq. There is one for a member. Who has left keeps what it had, and
   * what is read again is the current row: its reactions and its deletion go on.
   */
  forms(viewer: string, ordinal: number, seq: number): Entry[] {
    const then = this.seen(viewer, ordinal, seq);
    if (then === undefined || !this.#hasLeftAt(viewer, seq)) return then === undefined ? [] : [then];
    const intervals = this.intervals(viewer);
    const later = (this.historyAt(ordinal) ?? []).filter((version) => version.rev > seq);
    return [then, ...later.flatMap((version) => asSeenBy(intervals, version) ?? [])];
  }

  /** Whether this seq is the last one that a viewer saw before it left, for good or for a while. */
  #hasLeftAt(viewer: string, seq: number): boolean {
    return this.intervals(viewer).some(({ to }) => to !== 0 && to === seq);
  }

  /** Ordinals that events in (from, to] made or changed and that a viewer may see. */
  changedIn(viewer: string, from: number, to: number): number[] {
    const intervals = this.intervals(viewer);
    return this.#entries.flatMap((versions, index) => {
      const visible = versions[0] !== undefined && isVisible(intervals, versions[0].seq);
      return visible && versions.some(({ rev }) => rev > from && rev <= to) ? [index + 1] : [];
    });
  }

  /** The greatest ordinal that a viewer may see as of a seq; 0 if none. */
  visibleEntryHead(viewer: string, seq: number): number {
    const intervals = this.intervals(viewer);
    return (
      this.#entries.findLastIndex(([made]) => made !== undefined && made.seq <= seq && isVisible(intervals, made.seq)) +
      1
    );
  }

  /** The greatest ordinal as of a seq; 0 if none. */
  entryHeadAt(seq: number): number {
    return this.#entries.findLastIndex(([made]) => made !== undefined && made.seq <= seq) + 1;
  }

  /** @param hidden messages that the viewer does not want to see */
  unread(viewer: string, read: number, seq: number, hidden: ReadonlySet<string> = nothing): number {
    return this.#count(countUnread, viewer, read, seq, hidden);
  }

  /** Those of the unread that mention the viewer. */
  mentions(viewer: string, read: number, seq: number, hidden: ReadonlySet<string> = nothing): number {
    return this.#count(countMentions, viewer, read, seq, hidden);
  }

  /** Whether a count is right as of a seq; for who has left, deletions go on. */
  isUnread(count: number, viewer: string, read: number, seq: number, hidden: ReadonlySet<string> = nothing): boolean {
    return this.#isCount(countUnread, count, viewer, read, seq, hidden);
  }

  /** The same of mentions, which for who has left edits end as well. */
  isMentions(count: number, viewer: string, read: number, seq: number, hidden: ReadonlySet<string> = nothing): boolean {
    return this.#isCount(countMentions, count, viewer, read, seq, hidden);
  }

  #count(by: Count, viewer: string, read: number, seq: number, hidden: ReadonlySet<string>): number {
    const seen = this.allSeen(viewer, seq).filter(({ id }) => !hidden.has(id));
    return by(seen, viewer, read);
  }

  #isCount(by: Count, count: number, viewer: string, read: number, seq: number, hidden: ReadonlySet<string>): boolean {
    const then = this.#count(by, viewer, read, seq, hidden);
    if (count === then || !this.#hasLeftAt(viewer, seq)) return count === then;
    const forms = this.allSeen(viewer, seq).map(({ ordinal }) => this.forms(viewer, ordinal, seq).at(-1));
    const left = forms.filter((entry) => entry !== undefined).filter(({ id }) => !hidden.has(id));
    return count < then && count >= by(left, viewer, read);
  }

  /** Every entry that a viewer may see as of a seq, ascending. */
  allSeen(viewer: string, seq: number): Entry[] {
    const seen: Entry[] = [];
    for (let ordinal = 1; ordinal <= this.entryHead; ordinal++) {
      const entry = this.seen(viewer, ordinal, seq);
      if (entry !== undefined) seen.push(entry);
    }
    return seen;
  }
}

/** What somebody who does not follow a thread may see of it: the events at which it was a member of the parent. */
function inherited(events: readonly Event[], intervals: Intervals): Intervals {
  const runs: { from: number; to: number }[] = [];
  for (const { from, to } of intervals) {
    const seqs = events
      .filter(({ parentSeq }) => parentSeq >= from && (to === 0 || parentSeq < to))
      .map(({ seq }) => seq);
    const [first, last] = [seqs[0], seqs.at(-1)];
    if (to === 0) runs.push({ from: first ?? events.length + 1, to: 0 });
    else if (first !== undefined && last !== undefined) runs.push({ from: first, to: last });
  }
  return runs.map((run) => ({ $typeName: "parley.v1.Interval", ...run }));
}
