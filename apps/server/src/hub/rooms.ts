import type { LogReader } from "../log/log-reader.ts";
import { Attendance } from "./attendance.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import { Room } from "./room.ts";

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
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<Room, Promise<void>>();
  /** Who has an attendance and no device; who went first comes first. */
  readonly #away = new Set<Person>();

  constructor(reader: LogReader, people: People) {
    this.#reader = reader;
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
    for (let read = 0; read < READS && person.attendance === undefined; read++) {
      const { moves } = person;
      const { accountHead, present, former } = await this.#reader.attendance(person.account);
      if (person.attendance !== undefined || person.moves !== moves) continue;
      const rooms = present.map((conversation) => this.enter(conversation));
      for (const room of rooms) room.attendances++;
      person.attendance = new Attendance(accountHead, former, rooms);
    }
    this.settle(person);
  }

  /** To be called whenever the devices of a person have changed. */
  settle(person: Person): void {
    this.#away.delete(person);
    if (person.attendance === undefined || person.devices.length > 0) return;
    this.#away.add(person);
    const [first] = this.#away;
    if (this.#away.size > AWAY_KEPT && first !== undefined) this.forget(first);
  }

  /** The attendance of a person is to be read again. */
  forget(person: Person): void {
    this.#away.delete(person);
    const rooms = person.attendance?.rooms ?? [];
    person.attendance = undefined;
    for (const room of rooms) {
      room.attendances--;
      this.dropIfEmpty(room);
    }
  }

  /** An event has made an account a member. */
  join(person: Person, room: Room): void {
    person.moves++;
    if (person.attendance === undefined || person.attendance.rooms.includes(room)) return;
    person.attendance.join(room);
    room.attendances++;
  }

  /** An event has ended the membership of an account. */
  part(person: Person, room: Room): void {
    person.moves++;
    if (person.attendance === undefined) return;
    if (person.attendance.rooms.includes(room)) room.attendances--;
    person.attendance.part(room);
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
