import type {
  BoundaryRow,
  HoleRow,
  MessageRow,
  ReactorView,
  RowReminder,
  SystemRow,
  TimelineRow,
} from "@parley/client";
import type { Texts } from "../../../texts/en.ts";
import { isolatedName } from "../../../texts/isolated-name.ts";
import { shownStatus } from "../../../texts/shown-status.ts";
import { systemText } from "../../../texts/system-text.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { disappearanceText } from "./conversation-timer.ts";
import { MessageBodies } from "./message-bodies.ts";
import { QuoteItems } from "./quote-items.ts";
import { threadItem } from "./thread-item.ts";
import type { HoleItem, MessageItem, NoteItem, TimelineItem } from "./timeline-item.ts";

/** Messages of one author closer than this stand together. */
const TOGETHER_MS = 5 * 60_000;

export interface TimelineContext {
  readonly group: boolean;
  /** One's own name, for messages written before the server told it. */
  readonly selfName: string;
  /** The unread divider goes before the first message of others after this ordinal; undefined for none. */
  readonly dividerAfter: number | undefined;
  readonly atOldest: boolean;
  /** Whether what is pending is on its way, or waits for the network. */
  readonly connected: boolean;
}

interface CachedRow {
  readonly row: TimelineRow;
  readonly first: boolean;
  readonly connected: boolean;
  readonly unfolded: boolean;
  readonly shown: boolean;
  readonly item: TimelineItem;
}

/** Turns rows into items, with separators between them. A row that did not change keeps its item, so that it is not drawn again. */
export class TimelineItems {
  readonly #texts: Texts;
  readonly #format: TimeFormat;
  readonly #bodies: MessageBodies;
  readonly #quotes: QuoteItems;
  #cache = new Map<string, CachedRow>();
  #notes = new Map<string, NoteItem>();
  /** What the cached items were drawn for: a conversation may become known after its rows. */
  #context: TimelineContext | undefined;
  #zone = "";
  #built: readonly TimelineItem[] = [];

  constructor(texts: Texts, format: TimeFormat, quotes = new QuoteItems(texts)) {
    this.#texts = texts;
    this.#format = format;
    this.#bodies = new MessageBodies(texts);
    this.#quotes = quotes;
  }

  /** Shows a long message as a whole, or its beginning alone, from the next build on. */
  setUnfolded(id: string, unfolded: boolean): void {
    this.#bodies.setUnfolded(id, unfolded);
  }

  /** Shows what somebody who is blocked wrote. */
  show(id: string): void {
    this.#bodies.show(id);
  }

  build(rows: readonly TimelineRow[], context: TimelineContext, now: number): readonly TimelineItem[] {
    const sameNames = context.group === this.#context?.group && context.selfName === this.#context.selfName;
    if (!sameNames || this.#format.zone !== this.#zone) this.#cache.clear();
    this.#context = context;
    this.#zone = this.#format.zone;
    const items: TimelineItem[] = [];
    const cache = new Map<string, CachedRow>();
    const notes = new Map<string, NoteItem>();
    const note = (made: NoteItem) => {
      const old = this.#notes.get(made.key);
      const kept = old?.text === made.text ? old : made;
      notes.set(made.key, kept);
      items.push(kept);
    };
    if (context.atOldest && rows.length > 0)
      note(this.#note("beginning", "beginning", this.#texts.conversation.beginning));
    let before: TimelineRow | undefined;
    let divided = context.dividerAfter === undefined;
    let day = "";
    for (const row of rows) {
      const rowDay = "at" in row ? this.#format.dayKey(row.at) : day;
      if (rowDay !== day && "at" in row) {
        // By the row, too: if older rows of the day come, it begins at another place; the note is not one that moves.
        const made = this.#note("day", `day:${rowDay}:${row.id}`, this.#format.day(row.at, now));
        note({ ...made, day: rowDay });
        before = undefined;
      }
      day = rowDay;
      if (!divided && isAfter(row, context.dividerAfter ?? 0)) {
        note(this.#note("unread", "unread", this.#texts.conversation.newMessages));
        divided = true;
        before = undefined;
      }
      const first = !standTogether(before, row);
      const old = this.#cache.get(row.id);
      // Only what is on its way looks otherwise without a connection.
      const connected = context.connected || !(isSending(row) || awaitsQuote(row));
      const unfolded = this.#bodies.isUnfolded(row.id);
      const shown = this.#bodies.isShown(row.id);
      const drawn = old?.row === row && old.first === first && old.connected === connected;
      const same = drawn && old.unfolded === unfolded && old.shown === shown;
      const item = same ? old.item : this.#item(row, first, context);
      cache.set(row.id, { row, first, connected, unfolded, shown, item });
      items.push(item);
      before = row;
    }
    this.#cache = cache;
    this.#notes = notes;
    const unchanged = items.length === this.#built.length && items.every((item, at) => item === this.#built[at]);
    if (!unchanged) this.#built = items;
    return this.#built;
  }

  #item(row: TimelineRow, first: boolean, context: TimelineContext): TimelineItem {
    switch (row.kind) {
      case "message":
        return this.#message(row, first, context);
      case "system":
        return this.#system(row);
      case "hole":
        return this.#hole(row);
      case "boundary":
        return this.#boundary(row);
    }
  }

  #message(row: MessageRow, first: boolean, context: TimelineContext): MessageItem {
    const texts = this.#texts;
    const time = this.#format.time(row.at);
    const folded = row.folded === true && !this.#bodies.isShown(row.id);
    const name = row.authorName || (row.mine ? context.selfName : texts.common.unknownPerson);
    return {
      kind: "message",
      key: row.id,
      ordinal: row.ordinal,
      mine: row.mine,
      first,
      author: { name, seed: row.author, shown: context.group && first && !row.mine },
      time,
      fullTime: this.#format.full(row.at),
      label: `${name}, ${time}`,
      body: this.#bodies.of(row),
      quote: folded ? undefined : row.quote && this.#quotes.of(row.quote, context.connected),
      reactions: (folded ? [] : row.reactions).map((reaction) => ({
        emoji: reaction.emoji,
        count: reaction.count,
        mine: reaction.mine,
        label: texts.conversation.reaction(reaction.emoji, texts.list(reactors(reaction.people, texts))),
      })),
      thread: row.thread && threadItem(row.thread, texts, this.#format),
      saved: row.saved === true,
      reminder: row.reminder && this.#reminder(row.reminder),
      disappears: row.disappears && disappearanceText(row.disappears, texts, this.#format),
      status: statusOf(row, context.connected, texts),
    };
  }

  #reminder({ at, due }: RowReminder): string {
    const words = this.#texts.reminders;
    return due ? words.isDue : words.isSet(this.#format.full(at));
  }

  #system(row: SystemRow): NoteItem {
    const text = systemText(row.what, row.mine, row.actorName, this.#texts);
    return { kind: "system", key: row.id, ordinal: row.ordinal, text, time: this.#format.full(row.at) };
  }

  #hole(row: HoleRow): HoleItem {
    const missing = row.toOrdinal - row.fromOrdinal + 1;
    const text = this.#texts.conversation.hole(missing);
    return { kind: "hole", key: row.id, ordinal: undefined, text, lines: Math.min(missing, 12) };
  }

  #boundary(row: BoundaryRow): NoteItem {
    const text = this.#texts.conversation.boundary(row.toOrdinal - row.fromOrdinal + 1);
    return { kind: "boundary", key: row.id, ordinal: row.toOrdinal, text, time: undefined };
  }

  #note(kind: NoteItem["kind"], key: string, text: string): NoteItem {
    return { kind, key, ordinal: undefined, text, time: undefined };
  }
}

function isSending(row: TimelineRow): boolean {
  return row.kind === "message" && row.status?.kind === "sending";
}

function awaitsQuote(row: TimelineRow): boolean {
  return row.kind === "message" && row.quote?.said.kind === "unknown";
}

function statusOf({ status }: MessageRow, connected: boolean, texts: Texts): MessageItem["status"] {
  if (status === undefined) return undefined;
  const kind = shownStatus(status, connected);
  const reason = status.kind === "failed" ? (texts.refused[status.code] ?? texts.refusedOtherwise) : "";
  return { kind, label: texts.status[kind], reason };
}

/** So many of those who reacted are named; who all of them are, a dialog tells. */
const REACTORS = 4;

function reactors(people: readonly ReactorView[], texts: Texts): readonly string[] {
  const shown = people.length <= REACTORS + 1 ? people : people.slice(0, REACTORS);
  const names = shown.map(({ displayName }) => isolatedName(displayName) || texts.common.unknownPerson);
  return shown.length < people.length ? [...names, texts.system.others(people.length - shown.length)] : names;
}

function isAfter(row: TimelineRow, ordinal: number): boolean {
  return (
    row.kind === "message" && !row.mine && row.folded !== true && row.ordinal !== undefined && row.ordinal > ordinal
  );
}

function standTogether(before: TimelineRow | undefined, row: TimelineRow): boolean {
  if (before?.kind !== "message" || row.kind !== "message") return false;
  return before.author === row.author && Math.abs(row.at - before.at) < TOGETHER_MS;
}
