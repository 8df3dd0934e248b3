import type { LogReader, OrdinalSpan } from "../log/log-reader.ts";
import { Room } from "./room.ts";

interface Entered {
  readonly room: Room;
  /** Its members are known. */
  readonly ready: Promise<void>;
}

/** The conversations that devices of this node take part in. A room is kept while there is a device in it. */
export class Rooms {
  readonly #reader: LogReader;
  readonly #entered = new Map<string, Entered>();

  constructor(reader: LogReader) {
    this.#reader = reader;
  }

  get(conversation: string): Room | undefined {
    return this.#entered.get(conversation)?.room;
  }

  /** The room of a conversation, made if it is not there. */
  enter(conversation: string): Entered {
    const known = this.#entered.get(conversation);
    if (known !== undefined) return known;
    const room = new Room(conversation);
    const entered = { room, ready: this.#populate(room) };
    // Whoever waits for `ready` learns of a failure; that nobody waits is no reason to end the process.
    entered.ready.catch(() => this.#forget(entered));
    this.#entered.set(conversation, entered);
    return entered;
  }

  /** Resolves at once if the room is not there any more. */
  async ready(room: Room): Promise<void> {
    const entered = this.#entered.get(room.id);
    if (entered?.room === room) await entered.ready;
  }

  /** To be called whenever a device has left a room. */
  dropIfEmpty(room: Room): void {
    const entered = this.#entered.get(room.id);
    if (room.empty && entered?.room === room) this.#entered.delete(room.id);
  }

  /** Makes sure that the room knows the marks of its members. */
  async loadMarks(room: Room): Promise<void> {
    if (room.marksLoaded) return;
    for (const { account, delivered, read } of await this.#reader.marks(room.id)) {
      room.mergeMarks(account, { delivered, read });
    }
    room.marksLoaded = true;
  }

  /** What each member of a room may see, by ordinal. */
  async spansOf(room: Room): Promise<ReadonlyMap<string, readonly OrdinalSpan[]>> {
    if (room.spans !== undefined) return room.spans;
    const { members } = room;
    const before = new Set(members);
    const spans = await this.#reader.spans(room.id);
    // Members that changed during the read are asked for again.
    if (before.size === members.size && [...before].every((account) => members.has(account))) room.spans = spans;
    return spans;
  }

  /** Ordinal of the newest message of an author in a room; 0 if there is none. */
  async newestOf(room: Room, author: string): Promise<number> {
    const known = room.newestBy.get(author);
    if (known !== undefined) return known;
    const stored = await this.#reader.newestMessageOf(room.id, author);
    // A message that was posted during the read is newer.
    const newest = Math.max(stored, room.newestBy.get(author) ?? 0);
    room.newestBy.set(author, newest);
    return newest;
  }

  async #populate(room: Room): Promise<void> {
    room.populate(await this.#reader.audience(room.id));
  }

  #forget(entered: Entered): void {
    if (this.#entered.get(entered.room.id) === entered) this.#entered.delete(entered.room.id);
  }
}
