import type {
  AccountEvent,
  AccountPreferences,
  ConversationStatus,
  Draft,
  Head,
  Hello,
  Profile,
  ReadState,
} from "@parley/protocol";
import type { LogReader, Preferred } from "../log/log-reader.ts";
import type { Attendance } from "./attendance.ts";
import { readStateOf } from "./mark-desk.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Seat } from "./seat.ts";
import type { Tallies } from "./tallies.ts";

export interface ArrivalPorts {
  readonly reader: LogReader;
  readonly people: People;
  readonly rooms: Rooms;
  readonly tallies: Tallies;
}

const noRooms: ReadonlySet<Room> = new Set();

/** All that a Welcome says of an account, as of one moment. */
export interface Welcomed {
  readonly accountHead: number;
  readonly places: readonly Place[];
  /** Conversations that the account has left. */
  readonly former: readonly ConversationStatus[];
  readonly profiles: readonly Profile[];
  /** What the device lacks of the account log. */
  readonly missed: readonly AccountEvent[];
  /** What the account keeps for itself, for a device that knows nothing of that. */
  readonly preferences: AccountPreferences | undefined;
  /** Drafts that the device was not told of. */
  readonly drafts: readonly Draft[];
}

/** A room, and one's own marks in it. */
export interface Place {
  readonly room: Room;
  readonly read: ReadState;
}

/** What only the store knows of those who have left conversations, as of the person's moves. */
interface Former {
  readonly moves: number;
  readonly statuses: readonly ConversationStatus[];
  readonly acquaintances: readonly Profile[];
}

/**
 * Somebody who said Hello and waits for a Welcome. Everything that it needs lies in memory if people of the same conversations were here before; `fetch`
 * reads what does not. What changes meanwhile is seen by `welcomed`, which looks at everything again: what it returns belongs to the moment of its call.
 */
export class Arrival {
  readonly #ports: ArrivalPorts;
  readonly #person: Person;
  readonly #knownUpTo: number | undefined;
  readonly #draftsKnown: number;
  /** Where it could not be counted in memory. */
  readonly #counted = new Map<Room, ReadState>();
  #missed: readonly AccountEvent[] = [];
  #drafts: readonly Draft[] = [];
  #preferred: Preferred | undefined;
  #former: Former | undefined;
  #metAll = false;

  /**
   * @param knownUpTo the device's account head; undefined if it holds nothing of this history
   * @param draftsKnown the greatest version of a draft that it was told of in this history
   */
  constructor(ports: ArrivalPorts, person: Person, knownUpTo: number | undefined, draftsKnown: number) {
    this.#ports = ports;
    this.#person = person;
    this.#knownUpTo = knownUpTo;
    this.#draftsKnown = draftsKnown;
  }

  /** Undefined if something has to be fetched first. */
  welcomed(): Welcomed | undefined {
    const { moves } = this.#person;
    const attendance = this.#ports.rooms.attendanceOf(this.#person);
    if (attendance === undefined) return undefined;
    const { accountHead } = attendance;
    const former = attendance.former ? this.#former : undefined;
    if (attendance.former && former?.moves !== moves) return undefined;
    if (this.#missedFrom() < accountHead || this.#draftsFrom() < attendance.draftHead) return undefined;
    const preferences = this.#preferencesAsOf(attendance);
    if (preferences === "unread") return undefined;
    const places = this.#places();
    const profiles = former?.acquaintances ?? this.#profiles();
    if (places === undefined || profiles === undefined) return undefined;
    const missed = this.#missed.filter(({ seq }) => seq <= accountHead);
    const drafts = this.#drafts.filter(({ version }) => version <= attendance.draftHead);
    return { accountHead, places, former: former?.statuses ?? [], profiles, missed, preferences, drafts };
  }

  /** Reads what is not known. */
  async fetch(): Promise<void> {
    const { reader, people, rooms } = this.#ports;
    const person = this.#person;
    if (rooms.attendanceOf(person) === undefined) await rooms.attend(person);
    const { moves } = person;
    const attendance = rooms.attendanceOf(person);
    if (attendance === undefined) return;
    if (attendance.rooms.some((room) => room.stale)) await rooms.ready(attendance.rooms);
    await this.#countAll(attendance);
    if (this.#missedFrom() < attendance.accountHead) {
      this.#missed = await reader.accountEvents(person.account, this.#knownUpTo ?? 0);
    }
    if (this.#preferencesAsOf(attendance) === "unread") this.#preferred = await reader.preferences(person.account);
    if (this.#draftsFrom() < attendance.draftHead) {
      this.#drafts = await reader.drafts(person.account, this.#draftsKnown);
    }
    if (attendance.former && this.#former?.moves !== moves) {
      const statuses = await reader.formerStatuses(person.account);
      this.#former = { moves, statuses, acquaintances: await reader.acquaintances(person.account) };
    }
    if (attendance.former || this.#metAll) return;
    const strangers = this.#acquaintances().filter(({ profile }) => profile === undefined);
    if (strangers.length > 0) await people.meet(strangers);
    // Who has no profile after that has none.
    this.#metAll = true;
  }

  /** The seq up to which the device's account log is known to be complete. */
  #missedFrom(): number {
    if (this.#knownUpTo === undefined) return Number.POSITIVE_INFINITY;
    return Math.max(this.#knownUpTo, this.#missed.at(-1)?.seq ?? 0);
  }

  /** Not before the account head that is named: an event that is told again sets again what it set. Most accounts set nothing, and nothing is read. */
  #preferencesAsOf({ accountHead, prefers }: Attendance): AccountPreferences | undefined | "unread" {
    const known = this.#knownUpTo ?? 0;
    if (known > 0 && known <= accountHead) return undefined;
    if (prefers && (this.#preferred?.accountHead ?? 0) < accountHead) return "unread";
    const {
      conversations = [],
      saved = [],
      hidden = [],
      scheduled = [],
      blocked = [],
      reminders = [],
    } = (prefers && this.#preferred) || {};
    return {
      $typeName: "parley.v1.AccountPreferences",
      conversations: [...conversations],
      saved: [...saved],
      hidden: [...hidden],
      scheduled: [...scheduled],
      blocked: [...blocked],
      reminders: [...reminders],
    };
  }

  /** The version up to which what is known of the drafts is complete. */
  #draftsFrom(): number {
    return Math.max(this.#draftsKnown, this.#drafts.at(-1)?.version ?? 0);
  }

  #places(): Place[] | undefined {
    const places: Place[] = [];
    for (const room of this.#ports.rooms.of(this.#person)) {
      const seat = this.#seat(room);
      const read =
        seat && (readStateOf(this.#ports.rooms.attendanceOf(this.#person), room, seat) ?? this.#counted.get(room));
      if (read === undefined) return undefined;
      places.push({ room, read });
    }
    return places;
  }

  #seat(room: Room): Seat | undefined {
    const seat = room.stale ? undefined : room.seat(this.#person);
    return seat?.present === true ? seat : undefined;
  }

  async #countAll(attendance: Attendance): Promise<void> {
    const { tallies } = this.#ports;
    const unknown = attendance.rooms.flatMap((room) => {
      const seat = this.#seat(room);
      return seat === undefined || room.unread(seat) !== undefined ? [] : [{ room, seat }];
    });
    const ahead = unknown.length > 0 ? await tallies.count(unknown) : noRooms;
    for (const { room, seat } of unknown) {
      if (room.unread(seat) !== undefined) continue;
      if (ahead.has(room) || (seat.countedAt === 0 && tallies.isTooMuch(room, seat))) await this.#countInStore(room);
    }
    for (const room of attendance.rooms) {
      const seat = this.#seat(room);
      const uncounted = seat !== undefined && !this.#counted.has(room);
      if (uncounted && attendance.hides(room, seat.read)) await this.#countInStore(room);
    }
  }

  async #countInStore(room: Room): Promise<void> {
    const state = await this.#ports.reader.readState(this.#person.account, room.id);
    if (state !== undefined) this.#counted.set(room, state);
  }

  #profiles(): Profile[] | undefined {
    const profiles: Profile[] = [];
    for (const { profile } of this.#acquaintances()) {
      if (profile !== undefined) profiles.push(profile);
      else if (!this.#metAll) return undefined;
    }
    return profiles;
  }

  /** Everybody who has a seat in one of the person's rooms, and the person. */
  #acquaintances(): Person[] {
    const people = new Set([this.#person]);
    for (const { seats } of this.#ports.rooms.of(this.#person)) {
      for (const { person } of seats) people.add(person);
    }
    return [...people];
  }
}

/** The heads that a device holds of this history, by conversation. */
export function headsHeld(hello: Hello, incarnation: string): ReadonlyMap<string, Head> | undefined {
  if (hello.incarnation !== incarnation) return undefined;
  return new Map(hello.heads.map((head) => [head.conversation, head]));
}
