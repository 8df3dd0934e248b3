import type { LogReader } from "../log/log-reader.ts";
import type { Room } from "./room.ts";
import type { Seat } from "./seat.ts";
import { Tally } from "./tally.ts";

/** Entries that are read at once, so that other work has a turn in between. */
const ENTRIES_PER_READ = 2_000;
/** Rooms with more seats than the numbers of a tally are counted in the store. */
const MOST_SEATS = 60_000;
/** A tally is not made to reach back further than this. */
const MOST_ENTRIES = 50_000;

/** Reads who wrote which entries, for rooms in which somebody has something unread. */
export class Tallies {
  readonly #reader: LogReader;

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  /** Makes a room's tally reach back to what is unread for a member. False if that is too much to be kept in memory. */
  async reach(room: Room, seat: Seat): Promise<boolean> {
    const first = Math.min(...(seat.spans ?? []).map(({ fromOrdinal }) => fromOrdinal));
    return room.seats.length <= MOST_SEATS && this.#reachTo(room, Math.max(first, seat.read + 1));
  }

  /** Finds the newest messages of all members, as far back as tallies reach. */
  async findNewest(room: Room): Promise<void> {
    for (let to = room.entryHead; to > 0 && to > room.entryHead - MOST_ENTRIES; to -= ENTRIES_PER_READ) {
      if (room.seats.every((seat) => !seat.present || seat.newest !== undefined)) return;
      const rows = await this.#reader.authorships(room.id, Math.max(1, to - ENTRIES_PER_READ + 1), to);
      const newest = new Map(rows.map(({ author, ordinal }) => [author, ordinal]));
      for (const seat of room.seats) seat.newest ??= newest.get(seat.person.account);
    }
    // None, or one so old that nobody waits to hear of it.
    for (const seat of room.seats) seat.newest ??= 0;
  }

  async #reachTo(room: Room, from: number): Promise<boolean> {
    if (from <= room.entryHead - MOST_ENTRIES) return false;
    room.tally ??= new Tally(room.entryHead);
    const { tally } = room;
    while (room.tally === tally && tally.base >= from) {
      const { base } = tally;
      const { erasures } = room;
      const first = Math.max(from, base - ENTRIES_PER_READ + 1);
      const rows = await this.#reader.authorships(room.id, first, base);
      // What was erased meanwhile may have been read before.
      if (room.tally !== tally || tally.base !== base || room.erasures !== erasures) continue;
      const authors = new Uint16Array(base - first + 1);
      for (const { ordinal, author, deleted, rev } of rows) {
        // Deleted by an event that was not published yet: as of the room's head it counts.
        if (!deleted || rev > room.head) authors[ordinal - first] = room.authorNumber(author);
      }
      tally.prepend(authors);
    }
    return true;
  }
}
