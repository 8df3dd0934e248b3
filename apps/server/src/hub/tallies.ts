import type { Authorship, LogReader } from "../log/log-reader.ts";
import { isMentioned, type Mentioned, mentionedAmong } from "./mentioned.ts";
import type { Room } from "./room.ts";
import type { Seat } from "./seat.ts";
import { Tally } from "./tally.ts";

/** Entries that are read at once, so that other work has a turn in between. */
const ENTRIES_PER_READ = 2_000;
/** Rooms with more seats than the numbers of a tally are counted in the store. */
const MOST_SEATS = 60_000;
/** A tally is not made to reach back further than this. */
const MOST_ENTRIES = 50_000;

/** So few are counted where they are read, without a tally to be kept. */
const FEW_ENTRIES = 64;

/** With more rows and members than that only who is waited for is counted. */
const MOST_LOOKS = 2_000;

/** A member whose unread messages are to be counted. */
export interface Counted {
  readonly room: Room;
  readonly seat: Seat;
}

/** Reads who wrote which entries, for rooms in which somebody has something unread. */
export class Tallies {
  readonly #reader: LogReader;

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  /**
   * Counts what is unread for members of rooms, all in one read where it is little.
   *
   * @returns rooms in which it cannot be counted here now: what was read is ahead of what was published
   */
  async count(places: readonly Counted[]): Promise<ReadonlySet<Room>> {
    const ahead = new Set<Room>();
    const few: Counted[] = [];
    for (const place of places) {
      if (firstUnread(place.seat) > place.room.entryHead - FEW_ENTRIES) few.push(place);
      else if (!(await this.reach(place.room, place.seat))) ahead.add(place.room);
    }
    if (few.length === 0) return ahead;
    const heads = few.map(({ room }) => room.head);
    const runs = few.map(({ room, seat }) => ({ conversation: room.id, from: firstUnread(seat), to: room.entryHead }));
    const found = await this.#reader.authorships(runs);
    for (const [index, { room, seat }] of few.entries()) {
      const rows = found[index] ?? [];
      if (room.head !== heads[index]) continue;
      if (rows.some((row) => isAhead(room, row))) ahead.add(room);
      else countWith(rows, room, seat);
    }
    return ahead;
  }

  /** Whether what is unread for a member is more than is counted in memory. */
  isTooMuch(room: Room, seat: Seat): boolean {
    return room.seats.length > MOST_SEATS || firstUnread(seat) <= room.entryHead - MOST_ENTRIES;
  }

  /** Makes a room's tally reach back to what is unread for a member, unless that is too much. False where what is read is ahead of what was published. */
  async reach(room: Room, seat: Seat): Promise<boolean> {
    return this.isTooMuch(room, seat) || this.#reachTo(room, firstUnread(seat));
  }

  /** Finds the newest messages of all members, as far back as tallies reach. */
  async findNewest(room: Room): Promise<void> {
    for (let to = room.entryHead; to > 0 && to > room.entryHead - MOST_ENTRIES; to -= ENTRIES_PER_READ) {
      if (room.seats.every((seat) => !seat.present || seat.newest !== undefined)) return;
      const rows = await this.#read(room, Math.max(1, to - ENTRIES_PER_READ + 1), to);
      const newest = new Map(rows.map(({ author, ordinal }) => [author, ordinal]));
      for (const seat of room.seats) seat.newest ??= newest.get(seat.person.account);
    }
    // None, or one so old that nobody waits to hear of it.
    for (const seat of room.seats) seat.newest ??= 0;
  }

  async #reachTo(room: Room, from: number): Promise<boolean> {
    room.tally ??= new Tally(room.entryHead);
    const { tally } = room;
    while (room.tally === tally && tally.base >= from) {
      const { base, changes } = tally;
      const first = Math.max(from, base - ENTRIES_PER_READ + 1);
      const rows = await this.#read(room, first, base);
      // What was changed meanwhile may have been read before.
      if (room.tally !== tally || tally.base !== base || tally.changes !== changes) continue;
      if (rows.some((row) => isAhead(room, row))) return false;
      const authors = new Uint16Array(base - first + 1);
      const mentions = new Map<number, Mentioned>();
      for (const { ordinal, author, deleted, contentRev, mentions: accounts } of rows) {
        if (!deleted) authors[ordinal - first] = room.authorNumber(author);
        const mentioned = mentionedAmong(accounts, contentRev, room.hasSeat);
        if (mentioned !== undefined) mentions.set(ordinal, mentioned);
      }
      tally.prepend(authors, mentions);
    }
    return true;
  }

  async #read(room: Room, from: number, to: number): Promise<readonly Authorship[]> {
    const [rows = []] = await this.#reader.authorships([{ conversation: room.id, from, to }]);
    return rows;
  }
}

/** Counts what is unread for a member, and for the others of the room for whom the same rows tell: when everybody comes back, they are next. */
function countWith(rows: readonly Authorship[], room: Room, seat: Seat): void {
  const from = firstUnread(seat);
  countAmong(room, seat, rows);
  if (rows.length * room.seats.length > MOST_LOOKS) return;
  for (const other of room.seats) {
    if (!other.present || other.spans === undefined || other.countedAt === room.head) continue;
    if (firstUnread(other) >= from) countAmong(room, other, rows);
  }
}

function firstUnread({ spans, read }: Seat): number {
  return Math.max(read + 1, Math.min(...(spans ?? []).map(({ fromOrdinal }) => fromOrdinal)));
}

/** An event that was not published yet changed it: what it said and whom it mentioned before is not known any more. */
function isAhead(room: Room, { ordinal, contentRev }: Authorship): boolean {
  return ordinal <= room.entryHead && contentRev > room.head;
}

function countAmong(room: Room, seat: Seat, rows: readonly Authorship[]): void {
  const { person, read, spans = [] } = seat;
  let unread = 0;
  let mentions = 0;
  for (const { ordinal, author, deleted, contentRev, mentions: accounts } of rows) {
    if (ordinal <= read || ordinal > room.entryHead || author === person.account || deleted) continue;
    if (person.blocks(author)) continue;
    const isSeen = spans.some(
      ({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && (toOrdinal === 0 || ordinal <= toOrdinal),
    );
    if (!isSeen) continue;
    unread++;
    if (accounts.length > 0 && isMentioned({ accounts, contentRev }, person.account, spans)) mentions++;
  }
  room.count(seat, unread, mentions);
}
