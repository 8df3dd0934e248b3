import type { LogReader } from "../log/log-reader.ts";
import { Attendance } from "./attendance.ts";
import type { Devices } from "./devices.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import { Room } from "./room.ts";

const nowhere: readonly Room[] = [];

/** How often something is read again that changed while it was read. */
const READS = 5;
/** People who are away and whose attendance is kept, so that all can come back at once and find it. */
const AWAY_KEPT = 20_000;

/**
 * The conversations that people of this node take part in, kept in memory as of the last event that was published. A room is kept while an attendance
 * names it or a device is in it.
 */
export class Rooms {
  readonly #reader: LogReader;
  readonly #people: People;
  readonly #devices: Devices;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<Room, Promise<void>>();
  readonly #attendances = new Map<Person, Attendance>();
  /** Who has an attendance and no device; who went first comes first. */
  readonly #away = new Set<Person>();

  constructor(reader: LogReader, people: People, devices: Devices) {
    this.#reader = reader;
    this.#devices = devices;
    this.#people = people;
  }

  get(conversation: string): Room | undefined {
    return this.#rooms.get(conversation);
  }

  /** The room of a conversation, made if it is not there. */
  enter(conversation: string): Room {
    const known = this.#rooms.get(conversation);
    if (known !== undefined) return known;
    const room = new Room(conversation, this.#people);
    this.#rooms.set(conversation, room);
    return room;
  }

  /** Where a person takes part; undefined while that is not known here. */
  attendanceOf(person: Person): Attendance | undefined {
    return this.#attendances.get(person);
  }

  /** The rooms that a person takes part in, as far as they are known here. */
  of(person: Person): readonly Room[] {
    return this.#attendances.get(person)?.rooms ?? nowhere;
  }

  /** Resolves when these rooms are known; reads those that are not. */
  async ready(rooms: readonly Room[]): Promise<void> {
    const unread = rooms.filter((room) => room.stale && !this.#loading.has(room));
    if (unread.length > 0) {
      const loading = this.#load(unread).finally(() => {
        for (const room of unread) this.#loading.delete(room);
      });
      for (const room of unread) this.#loading.set(room, loading);
    }
    const waited = new Set(rooms.flatMap((room) => this.#loading.get(room) ?? []));
    await Promise.all(waited);
  }

  /** Reads where an account takes part; resolves when that is known. */
  async attend(person: Person): Promise<void> {
    for (let look = 0; look < READS && !this.#attendances.has(person); look++) {
      const { moves } = person;
      const read = await this.#reader.attendance(person.account);
      if (this.#attendances.has(person) || person.moves !== moves) continue;
      person.learnPrivacy(read.privacy);
      person.learnBlocked(read.blocked);
      const rooms = read.present.map((conversation) => this.enter(conversation));
      for (const room of rooms) {
        room.attendances++;
        // It may have been counted with others, before it was known whom it blocks.
        if (person.blocked !== undefined) room.recount(person);
      }
      this.#attendances.set(person, new Attendance(read, rooms));
    }
    this.settle(person);
  }

  /** To be called whenever the devices of a person have changed. */
  settle(person: Person): void {
    this.#away.delete(person);
    if (!this.#attendances.has(person) || this.#devices.of(person).length > 0) return;
    this.#away.add(person);
    const [first] = this.#away;
    if (this.#away.size > AWAY_KEPT && first !== undefined) this.forget(first);
  }

  /** The attendance of a person is to be read again. */
  forget(person: Person): void {
    this.#away.delete(person);
    const rooms = this.of(person);
    this.#attendances.delete(person);
    for (const room of rooms) {
      room.attendances--;
      this.dropIfEmpty(room);
    }
  }

  /** An event has made an account a member. */
  join(person: Person, room: Room): void {
    person.moves++;
    const attendance = this.#attendances.get(person);
    if (attendance === undefined || attendance.rooms.includes(room)) return;
    attendance.join(room);
    room.attendances++;
  }

  /** An event has ended the membership of an account. */
  part(person: Person, room: Room, ofThread: boolean): void {
    person.moves++;
    const attendance = this.#attendances.get(person);
    if (attendance === undefined) return;
    if (attendance.rooms.includes(room)) room.attendances--;
    attendance.part(room, ofThread);
    this.dropIfEmpty(room);
  }

  /** To be called whenever a device has left a room. */
  dropIfEmpty(room: Room): void {
    if (room.empty && this.#rooms.get(room.id) === room) this.#rooms.delete(room.id);
  }

  async #load(rooms: readonly Room[]): Promise<void> {
    let left = rooms;
    for (let read = 0; read < READS && left.length > 0; read++) {
      const moves = left.map((room) => room.moves);
      const records = await this.#reader.rooms(left.map(({ id }) => id));
      left = left.filter((room, index) => !room.load(records[index], moves[index] ?? 0) || room.stale);
    }
  }
}
