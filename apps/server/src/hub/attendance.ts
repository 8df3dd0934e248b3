import type { AccountEvent, HiddenMessages } from "@parley/protocol";
import type { Attendance as Read } from "../log/log-reader.ts";
import type { Room } from "./room.ts";

/** Where an account takes part, as of what was published. */
export class Attendance {
  accountHead: number;
  /** Whether it keeps anything that a device must be told which holds nothing. */
  prefers: boolean;
  /** The greatest version of its drafts that its devices were told. */
  draftHead: number;
  /** Whether it was a member of other conversations. */
  former: boolean;
  readonly #rooms: Room[];
  /** By conversation, the greatest ordinal that is hidden; most accounts never hide anything. */
  #hiddenUpTo: Map<string, number> | undefined;
  /** Events of the account log that were told before those that they follow; most accounts never have one. */
  #early: Map<number, AccountEvent> | undefined;

  constructor(known: Pick<Read, "accountHead" | "prefers" | "hidden" | "draftHead" | "former">, rooms: Room[]) {
    this.accountHead = known.accountHead;
    this.prefers = known.prefers;
    this.draftHead = known.draftHead;
    this.former = known.former;
    this.#rooms = rooms;
    for (const hidden of known.hidden) this.#hide(hidden);
  }

  get rooms(): readonly Room[] {
    return this.#rooms;
  }

  /** Takes an event of the account log: commands and followers write it, and what both wrote may be told in another order. Those that are next now, in order. */
  follow(event: AccountEvent): readonly AccountEvent[] {
    if (event.seq <= this.accountHead) return [];
    if (event.seq > this.accountHead + 1) {
      this.#early ??= new Map();
      this.#early.set(event.seq, event);
      return [];
    }
    const due: AccountEvent[] = [];
    for (let next: AccountEvent | undefined = event; next !== undefined; next = this.#early?.get(next.seq + 1)) {
      this.accountHead = next.seq;
      this.#learn(next);
      this.#early?.delete(next.seq);
      due.push(next);
    }
    return due;
  }

  /** Whether something is hidden there after a read mark: then the store counts what is unread. */
  hides(room: Pick<Room, "id">, read: number): boolean {
    return (this.#hiddenUpTo?.get(room.id) ?? 0) > read;
  }

  #learn({ body }: AccountEvent): void {
    this.prefers ||= isKept(body);
    if (body.case === "messagesHidden") this.#hide(body.value);
    if (body.case === "blockedSet" && body.value.hidden !== undefined) {
      const { conversation, hidden } = body.value;
      this.#hide({ conversation, runs: [hidden] });
    }
  }

  #hide({ conversation, runs }: Pick<HiddenMessages, "conversation" | "runs">): void {
    this.#hiddenUpTo ??= new Map();
    const before = this.#hiddenUpTo.get(conversation) ?? 0;
    this.#hiddenUpTo.set(conversation, Math.max(before, ...runs.map(({ to }) => to)));
  }

  join(room: Room): void {
    if (!this.#rooms.includes(room)) this.#rooms.push(room);
  }

  /** @param ofThread then it is not told of it any more, as of no thread that it does not follow */
  part(room: Room, ofThread: boolean): void {
    const index = this.#rooms.indexOf(room);
    if (index >= 0) this.#rooms.splice(index, 1);
    this.former ||= !ofThread;
  }
}

/** Whether a device that holds nothing must be told of it. */
function isKept({ case: kind }: AccountEvent["body"]): boolean {
  switch (kind) {
    case "preferenceSet":
    case "savedSet":
    case "messagesHidden":
    case "messageScheduled":
    case "blockedSet":
    case "reminderSet":
      return true;
    default:
      return false;
  }
}
