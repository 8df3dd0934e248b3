import type { Room } from "./room.ts";

/** Where an account takes part, as of what was published. */
export class Attendance {
  accountHead: number;
  /** The greatest version of its drafts that its devices were told. */
  draftHead: number;
  /** Whether it was a member of other conversations. */
  former: boolean;
  readonly #rooms: Room[];

  constructor(accountHead: number, draftHead: number, former: boolean, rooms: Room[]) {
    this.accountHead = accountHead;
    this.draftHead = draftHead;
    this.former = former;
    this.#rooms = rooms;
  }

  get rooms(): readonly Room[] {
    return this.#rooms;
  }

  join(room: Room): void {
    if (!this.#rooms.includes(room)) this.#rooms.push(room);
  }

  part(room: Room): void {
    const index = this.#rooms.indexOf(room);
    if (index >= 0) this.#rooms.splice(index, 1);
    this.former = true;
  }
}
