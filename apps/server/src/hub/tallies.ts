import type { Authorship, LogReader } from "../log/log-reader.ts";
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

  /** Counts what is unread for members of rooms, all in one read where it is little. */
  async count(places: readonly Counted[]): Promise<void> {
    const few: Counted[] = [];
    for (const place of places) {
      if (firstUnread(place.seat) > place.room.entryHead - FEW_ENTRIES) few.push(place);
      else await this.reach(place.room, place.seat);
    }
    if (few.length === 0) return;
    const heads = few.map(({ room }) => room.head);
    const runs = few.map(({ room, seat }) => ({ conversation: room.id, from: firstUnread(seat), to: room.entryHead }));
    const found = await this.#reader.authorships(runs);
    for (const [index, { room, seat }] of few.entries()) {
      if (room.head === heads[index]) countWith(found[index] ?? [], room, seat);
    }
  }

  /** Whether what is unread for a member is more than is counted in memory. */
  isTooMuch(room: Room, seat: Seat): boolean {
    return room.seats.length > MOST_SEATS || firstUnread(seat) <= room.entryHead - MOST_ENTRIES;
  }

  /** Makes a room's tally reach back to what is unread for a member, unless that is too much. */
  async reach(room: Room, seat: Seat): Promise<void> {
    if (!this.isTooMuch(room, seat)) await this.#reachTo(room, firstUnread(seat));
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

  async #reachTo(room: Room, from: number): Promise<void> {
    room.tally ??= new Tally(room.entryHead);
    const { tally } = room;
    while (room.tally === tally && tally.base >= from) {
      const { base, erasures } = tally;
      const first = Math.max(from, base - ENTRIES_PER_READ + 1);
      const rows = await this.#read(room, first, base);
      // What was erased meanwhile may have been read before.
      if (room.tally !== tally || tally.base !== base || tally.erasures !== erasures) continue;
      const authors = new Uint16Array(base - first + 1);
      for (const { ordinal, author, deleted, rev } of rows) {
        if (isThere(room, { deleted, rev })) authors[ordinal - first] = room.authorNumber(author);
      }
      tally.prepend(authors);
    }
  }

  async #read(room: Room, from: number, to: number): Promise<readonly Authorship[]> {
    const [rows = []] = await this.#reader.authorships([{ conversation: room.id, from, to }]);
    return rows;
  }
}

/** Counts what is unread for a member, and for the others of the room for whom the same rows tell: when everybody comes back, they are next. */
function countWith(rows: readonly Authorship[], room: Room, seat: Seat): void {
  const from = firstUnread(seat);
  room.count(seat, unreadAmong(room, seat, rows));
  if (rows.length * room.seats.length > MOST_LOOKS) return;
  for (const other of room.seats) {
    if (!other.present || other.spans === undefined || other.countedAt === room.head) continue;
    if (firstUnread(other) >= from) room.count(other, unreadAmong(room, other, rows));
  }
}

function firstUnread({ spans, read }: Seat): number {
  return Math.max(read + 1, Math.min(...(spans ?? []).map(({ fromOrdinal }) => fromOrdinal)));
}

/** What was deleted by an event that was not published yet counts, as of the room's head. */
function isThere(room: Room, { deleted, rev }: Pick<Authorship, "deleted" | "rev">): boolean {
  return !deleted || rev > room.head;
}

function unreadAmong(room: Room, { person, spans, read }: Seat, rows: readonly Authorship[]): number {
  let unread = 0;
  for (const row of rows) {
    const { ordinal, author } = row;
    if (ordinal <= read || ordinal > room.entryHead || author === person.account || !isThere(room, row)) continue;
    if (
      (spans ?? []).some((span) => ordinal >= span.fromOrdinal && (span.toOrdinal === 0 || ordinal <= span.toOrdinal))
    )
      unread++;
  }
  return unread;
}
