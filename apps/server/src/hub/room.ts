import { type EncodedFrame, limits } from "@parley/protocol";
import type { RoomRecord } from "../log/log-reader.ts";
import type { PublishedEvent } from "../log/log-writer.ts";
import { type MemberMarks, mergeMemberMarks, noMemberMarks } from "../log/member-marks.ts";
import type { Device } from "./device.ts";
import { isMentioned, type Mentioned, mentionedIn } from "./mentioned.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import { Seat } from "./seat.ts";
import type { Tally } from "./tally.ts";

/** A device whose subscription waits until it holds everything up to a head. */
export interface Pending {
  /** The event that made its account a member while it was connected; 0 if it was one before. */
  joinedAt: number;
  /** Its account was parted meanwhile: what is held is the last that it gets. */
  leaving: boolean;
  readonly held: { readonly seq: number; readonly frame: EncodedFrame }[];
}

/** What only few rooms need at a time. */
interface Rest {
  readonly pending: Map<Device, Pending>;
  /** What happened before the room was read. */
  readonly events: PublishedEvent[];
  readonly marks: Map<Person, MemberMarks>;
  /** Of rooms with many seats. */
  seatOf: Map<Person, Seat> | undefined;
  tally: Tally | undefined;
  /** Who has not accepted the message request that the room is. */
  waitsFor: string | undefined;
  /** That one has accepted it since, also while the room was read. */
  accepted: boolean;
}

const nobody: ReadonlyMap<Device, Pending> = new Map();
const noSeats: readonly Seat[] = [];
/** An author without a seat. */
const SOMEBODY = 0xffff;
/** With more seats than this they are found by a map. */
const FEW_SEATS = 32;

/**
 * A conversation that devices of this node take part in: who is connected, and where it stands as of the last event that was published. There are
 * many more rooms than devices: twelve fields fill a cell of the runtime's heap, and one more would make each room half as large again.
 */
export class Room {
  readonly id: string;
  head = 0;
  tag = 0;
  entryHead = 0;
  activeAt = 0;
  /** Whether it must be read (again) before anything else but its head is known. */
  stale = true;
  /** Grows with each event that changes who is a member. */
  moves = 0;
  /** How many attendances name this room. */
  attendances = 0;
  readonly #people: People;
  /** Undefined until it was read. */
  #seats: Seat[] | undefined;
  /** Replaced, never changed: sending to one of them may end the connection of another. */
  #live: readonly Device[] = [];
  #rest: Rest | undefined;

  constructor(id: string, people: People) {
    this.id = id;
    this.#people = people;
  }

  /** Whether it was read at all. */
  get loaded(): boolean {
    return this.#seats !== undefined;
  }

  /** Members past and present. */
  get seats(): readonly Seat[] {
    return this.#seats ?? noSeats;
  }

  /** Whether each member's marks and presence are told to all others. */
  get small(): boolean {
    let present = 0;
    for (const seat of this.seats) if (seat.present) present++;
    return present <= limits.memberMarksUpTo;
  }

  /** Subscribed devices. Who goes through them sees each of them once, whoever comes and goes meanwhile. */
  get live(): readonly Device[] {
    return this.#live;
  }

  /** Devices that are still being caught up. */
  get pending(): ReadonlyMap<Device, Pending> {
    return this.#rest?.pending ?? nobody;
  }

  /** Whether it is a message request that waits to be accepted: until then its two are not told of each other. */
  get waits(): boolean {
    return this.#rest !== undefined && this.#rest.waitsFor !== undefined && !this.#rest.accepted;
  }

  /** Somebody accepts it. False if it does not wait for that one. */
  accept(account: string): boolean {
    const waited = this.#rest?.waitsFor === account && this.waits;
    if (waited || !this.loaded || this.stale) this.#makeRest().accepted = true;
    return waited;
  }

  get empty(): boolean {
    return this.attendances === 0 && this.#live.length === 0 && this.pending.size === 0;
  }

  get tally(): Tally | undefined {
    return this.#rest?.tally;
  }

  set tally(tally: Tally | undefined) {
    if (tally !== undefined) this.#makeRest().tally = tally;
    else if (this.#rest !== undefined) this.#rest.tally = undefined;
  }

  seat(person: Person): Seat | undefined {
    const { seats } = this;
    if (seats.length <= FEW_SEATS) return seats.find((seat) => seat.person === person);
    const rest = this.#makeRest();
    rest.seatOf ??= new Map(seats.map((seat) => [seat.person, seat]));
    return rest.seatOf.get(person);
  }

  /** Whether an account is a member or was one. */
  hasSeat = (account: string): boolean => {
    const person = this.#people.get(account);
    return person !== undefined && this.seat(person) !== undefined;
  };

  isMember(person: Person): boolean {
    return this.seat(person)?.present === true;
  }

  isLive(device: Device): boolean {
    return this.#live.includes(device);
  }

  goLive(device: Device): void {
    this.#live = [...this.#live, device];
  }

  /** False if it was not live. */
  leaveLive(device: Device): boolean {
    if (!this.isLive(device)) return false;
    this.#live = this.#live.filter((other) => other !== device);
    return true;
  }

  wait(device: Device, pending: Pending): void {
    this.#makeRest().pending.set(device, pending);
  }

  stopWaiting(device: Device): void {
    this.#rest?.pending.delete(device);
    this.#dropRest();
  }

  /**
   * Takes in what was read of the room, then what happened after it. False if it cannot be used: members came or went while it was read.
   *
   * @param moves the room's moves before it was read
   */
  load(record: RoomRecord | undefined, moves: number): boolean {
    if (this.loaded && this.moves !== moves) return false;
    const seats = (record?.members ?? []).map((member) => new Seat(this.#people.of(member.account), member));
    this.#reseat(seats);
    if (record !== undefined && record.head > this.head) {
      this.#advance(record);
      // Messages may have come that were not counted.
      for (const seat of seats) seat.newest = undefined;
    }
    // It names authors by their seats.
    this.tally = undefined;
    if (record?.waitsFor !== undefined) this.#makeRest().waitsFor = record.waitsFor;
    this.stale = false;
    for (const published of this.#rest?.events.splice(0) ?? []) this.apply(published);
    this.#dropRest();
    return true;
  }

  /** Takes in an event. One that is known already changes nothing. */
  apply(published: PublishedEvent): void {
    const { event, joined, parted } = published;
    if (joined.length > 0 || parted.length > 0) this.moves++;
    if (!this.loaded) {
      this.#makeRest().events.push(published);
      return;
    }
    if (event.seq <= this.head) return;
    if (event.seq > this.head + 1) this.stale = true;
    this.#advance({
      head: event.seq,
      tag: event.tag,
      entryHead: event.ordinal || this.entryHead,
      activeAt: event.ordinal > 0 ? event.receivedAt : this.activeAt,
    });
    for (const account of joined) this.#move(account, true);
    for (const account of parted) this.#move(account, false);
    this.#count(published);
  }

  mergeMarks(person: Person, marks: MemberMarks): void {
    if (this.loaded) {
      this.seat(person)?.mergeMarks(marks);
      return;
    }
    const early = this.#makeRest().marks;
    early.set(person, mergeMemberMarks(early.get(person) ?? noMemberMarks, marks));
  }

  /** What is unread for a member as of the head, as then are the mentions of its seat; undefined if that is not known here. */
  unread(seat: Seat): number | undefined {
    if (seat.countedAt === this.head) return seat.unread;
    return this.#countByTally(seat) ? seat.unread : undefined;
  }

  /** Notes what is unread for a member as of the head. */
  count(seat: Seat, unread: number, mentions: number): void {
    seat.unread = unread;
    seat.mentions = mentions;
    seat.countedAt = this.head;
  }

  /** The number by which the tally names an author. */
  authorNumber(account: string): number {
    const person = this.#people.of(account);
    return this.seats.findIndex((seat) => seat.person === person) + 1 || SOMEBODY;
  }

  /** What was counted for a person is to be counted anew: it counts the messages of others now. */
  recount(person: Person): void {
    const seat = this.seat(person);
    if (seat !== undefined) seat.countedAt = 0;
  }

  /** Undefined for who blocks nobody. */
  #leftOutBy({ blocked }: Person): ReadonlySet<number> | undefined {
    if (blocked === undefined || blocked.size === 0) return undefined;
    const numbers = new Set<number>();
    for (const [index, { person }] of this.seats.entries()) if (blocked.has(person.account)) numbers.add(index + 1);
    return numbers;
  }

  #countByTally(seat: Seat): boolean {
    const { spans, person } = seat;
    if (spans === undefined) return false;
    const { tally } = this;
    const own = tally === undefined ? 0 : this.seats.indexOf(seat) + 1;
    const leftOut = this.#leftOutBy(person);
    let unread = 0;
    let mentions = 0;
    for (const { fromOrdinal, toOrdinal } of spans) {
      const from = Math.max(fromOrdinal, seat.read + 1);
      const to = toOrdinal === 0 ? this.entryHead : toOrdinal;
      if (from > to) continue;
      if (tally === undefined || from <= tally.base) return false;
      const mentioned = (mention: Mentioned) => isMentioned(mention, person.account, spans);
      unread += tally.count(from, to, own, leftOut);
      mentions += tally.countMentions(from, to, own, mentioned, leftOut);
    }
    this.count(seat, unread, mentions);
    return true;
  }

  /** What was learned of members since the read began counts as well. */
  #reseat(seats: Seat[]): void {
    const rest = this.#rest;
    const before = new Map(this.seats.map((seat) => [seat.person, seat]));
    for (const seat of seats) {
      const known = before.get(seat.person);
      seat.mergeMarks(known ?? rest?.marks.get(seat.person) ?? noMemberMarks);
      seat.newest = known?.newest;
    }
    this.#seats = seats;
    rest?.marks.clear();
    if (rest !== undefined) rest.seatOf = undefined;
  }

  #advance({ head, tag, entryHead, activeAt }: Pick<RoomRecord, "head" | "tag" | "entryHead" | "activeAt">): void {
    this.head = head;
    this.tag = tag;
    this.entryHead = entryHead;
    this.activeAt = activeAt;
  }

  #move(account: string, present: boolean): void {
    const person = this.#people.of(account);
    const seat = this.seat(person);
    this.stale = true;
    if (seat !== undefined && seat.present === present) return;
    if (seat === undefined) {
      const fresh = new Seat(person, { present, spans: undefined, ...noMemberMarks });
      this.#seats?.push(fresh);
      this.#rest?.seatOf?.set(person, fresh);
    } else {
      seat.present = present;
      seat.spans = undefined;
    }
  }

  #count({ event, touched }: PublishedEvent): void {
    const { tally } = this;
    if (event.body.case === "posted") {
      const author = this.#people.get(event.author);
      const seat = author === undefined ? undefined : this.seat(author);
      if (seat !== undefined) seat.newest = event.ordinal;
      tally?.append(
        this.authorNumber(event.author),
        mentionedIn(event.author, event.body.value.envelope, event.seq, this.hasSeat),
      );
    } else if (event.ordinal > 0) {
      tally?.append(0);
    } else if (event.body.case === "erased") {
      tally?.erase(touched);
    } else if (event.body.case === "edited") {
      const { envelope } = event.body.value;
      tally?.edit(
        touched,
        event.seq,
        envelope && (mentionedIn(event.author, envelope, event.seq, this.hasSeat) ?? null),
      );
    }
    if (tally?.overgrown === true) this.tally = undefined;
  }

  #makeRest(): Rest {
    this.#rest ??= {
      pending: new Map(),
      events: [],
      marks: new Map(),
      seatOf: undefined,
      tally: undefined,
      waitsFor: undefined,
      accepted: false,
    };
    return this.#rest;
  }

  #dropRest(): void {
    const rest = this.#rest;
    if (rest === undefined || !this.loaded || rest.pending.size > 0) return;
    if (rest.tally === undefined && rest.seatOf === undefined && !this.waits) this.#rest = undefined;
  }
}
