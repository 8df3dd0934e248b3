import { type Marks, mergeMarks, noMarks } from "@parley/log";
import { type EncodedFrame, type Encoding, limits } from "@parley/protocol";
import type { RoomRecord } from "../log/log-reader.ts";
import type { PublishedEvent } from "../log/log-writer.ts";
import type { Device } from "./device.ts";
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

const nobody: ReadonlyMap<Device, Pending> = new Map();
/** An author without a seat. */
const SOMEBODY = 0xffff;
/** With more seats than this they are found by a map. */
const FEW_SEATS = 32;

/**
 * A conversation that devices of this node take part in: who is connected, and where it stands as of the last event that was published. There are
 * many more rooms than devices, so that what most of them do not need is made when it is needed.
 */
export class Room {
  readonly id: string;
  head = 0;
  tag = 0;
  entryHead = 0;
  activeAt = 0;
  /** Whether it must be read (again) before anything else but its head is known. */
  stale = true;
  /** Whether it was read at all. */
  loaded = false;
  /** Grows with each event that changes who is a member. */
  moves = 0;
  /** Grows with each event that erases a message. */
  erasures = 0;
  /** How many attendances name this room. */
  attendances = 0;
  /** Whether its devices listen to topics, not each for itself. */
  topical = false;
  tally: Tally | undefined;
  readonly #people: People;
  #seats: Seat[] = [];
  #seatOf: Map<Person, Seat> | undefined;
  #present = 0;
  #live: Device[] = [];
  #liveInJson = 0;
  #pending: Map<Device, Pending> | undefined;
  #early: PublishedEvent[] | undefined;
  #earlyMarks: Map<Person, Marks> | undefined;

  constructor(id: string, people: People) {
    this.id = id;
    this.#people = people;
  }

  /** Members past and present. */
  get seats(): readonly Seat[] {
    return this.#seats;
  }

  /** How many are members now. */
  get size(): number {
    return this.#present;
  }

  /** Whether each member's marks and presence are told to all others. */
  get small(): boolean {
    return this.#present <= limits.memberMarksUpTo;
  }

  /** Subscribed devices. */
  get live(): readonly Device[] {
    return this.#live;
  }

  /** Devices that are still being caught up. */
  get pending(): ReadonlyMap<Device, Pending> {
    return this.#pending ?? nobody;
  }

  get empty(): boolean {
    return this.attendances === 0 && this.#live.length === 0 && this.#pending === undefined;
  }

  /** Whether a subscribed device speaks an encoding. */
  speaks(encoding: Encoding): boolean {
    return (encoding === "json" ? this.#liveInJson : this.#live.length - this.#liveInJson) > 0;
  }

  seat(person: Person): Seat | undefined {
    if (this.#seats.length <= FEW_SEATS) return this.#seats.find((seat) => seat.person === person);
    this.#seatOf ??= new Map(this.#seats.map((seat) => [seat.person, seat]));
    return this.#seatOf.get(person);
  }

  isMember(person: Person): boolean {
    return this.seat(person)?.present === true;
  }

  isLive(device: Device): boolean {
    return this.#live.includes(device);
  }

  goLive(device: Device): void {
    this.#live.push(device);
    if (device.socket.encoding === "json") this.#liveInJson++;
  }

  /** False if it was not live. */
  leaveLive(device: Device): boolean {
    const index = this.#live.indexOf(device);
    const last = this.#live.pop();
    if (index < 0) {
      if (last !== undefined) this.#live.push(last);
      return false;
    }
    if (last !== undefined && last !== device) this.#live[index] = last;
    if (device.socket.encoding === "json") this.#liveInJson--;
    return true;
  }

  wait(device: Device, pending: Pending): void {
    this.#pending ??= new Map();
    this.#pending.set(device, pending);
  }

  stopWaiting(device: Device): void {
    this.#pending?.delete(device);
    if (this.#pending?.size === 0) this.#pending = undefined;
  }

  /**
   * Takes in what was read of the room, then what happened after it. False if it cannot be used: members came or went while it was read.
   *
   * @param moves the room's moves before it was read
   */
  load(record: RoomRecord | undefined, moves: number): boolean {
    if (this.loaded && this.moves !== moves) return false;
    this.#reseat((record?.members ?? []).map((member) => new Seat(this.#people.of(member.account), member)));
    if (record !== undefined && record.head > this.head) {
      this.#advance(record);
      // Messages may have come that were not counted.
      for (const seat of this.#seats) seat.newest = undefined;
    }
    // It names authors by their seats.
    this.tally = undefined;
    this.loaded = true;
    this.stale = false;
    for (const published of this.#early ?? []) this.apply(published);
    this.#early = undefined;
    return true;
  }

  /** Takes in an event. One that is known already changes nothing. */
  apply(published: PublishedEvent): void {
    const { event, joined, parted } = published;
    if (joined.length > 0 || parted.length > 0) this.moves++;
    if (!this.loaded) {
      this.#early ??= [];
      this.#early.push(published);
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

  mergeMarks(person: Person, marks: Marks): void {
    if (this.loaded) {
      this.seat(person)?.mergeMarks(marks);
      return;
    }
    this.#earlyMarks ??= new Map();
    this.#earlyMarks.set(person, mergeMarks(this.#earlyMarks.get(person) ?? noMarks, marks));
  }

  /** What is unread for a member as of the head; undefined if that is not known here. */
  unread(seat: Seat): number | undefined {
    if (seat.countedAt === this.head) return seat.unread;
    const unread = this.#unreadByTally(seat);
    if (unread !== undefined) this.count(seat, unread);
    return unread;
  }

  /** Notes what is unread for a member as of the head. */
  count(seat: Seat, unread: number): void {
    seat.unread = unread;
    seat.countedAt = this.head;
  }

  /** The number by which the tally names an author. */
  authorNumber(account: string): number {
    const person = this.#people.of(account);
    return this.#seats.findIndex((seat) => seat.person === person) + 1 || SOMEBODY;
  }

  #unreadByTally(seat: Seat): number | undefined {
    if (seat.spans === undefined) return undefined;
    const own = this.tally === undefined ? 0 : this.#seats.indexOf(seat) + 1;
    let unread = 0;
    for (const { fromOrdinal, toOrdinal } of seat.spans) {
      const from = Math.max(fromOrdinal, seat.read + 1);
      const to = toOrdinal === 0 ? this.entryHead : toOrdinal;
      if (from > to) continue;
      if (this.tally === undefined || from <= this.tally.base) return undefined;
      unread += this.tally.count(from, to, own);
    }
    return unread;
  }

  /** What was learned of members since the read began counts as well. */
  #reseat(seats: Seat[]): void {
    const before = new Map(this.#seats.map((seat) => [seat.person, seat]));
    for (const seat of seats) {
      const known = before.get(seat.person);
      seat.mergeMarks(known ?? this.#earlyMarks?.get(seat.person) ?? noMarks);
      seat.newest = known?.newest;
    }
    this.#earlyMarks = undefined;
    this.#seats = seats;
    this.#seatOf = undefined;
    this.#present = seats.filter((seat) => seat.present).length;
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
    this.#present += present ? 1 : -1;
    if (seat === undefined) {
      const fresh = new Seat(person, { present, spans: undefined, delivered: 0, read: 0 });
      this.#seats.push(fresh);
      this.#seatOf?.set(person, fresh);
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
      tally?.append(this.authorNumber(event.author));
    } else if (event.ordinal > 0) {
      tally?.append(0);
    } else if (event.body.case === "erased") {
      this.erasures++;
      tally?.erase(touched);
    }
    if (tally?.overgrown === true) this.tally = undefined;
  }
}
