import { decodeServerFrame, type Head } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { EncodedCatchUp } from "../log/encoded-catch-up.ts";
import type { LogReader } from "../log/log-reader.ts";
import { EncodedOnce } from "./encoded-once.ts";
import type { Person } from "./person.ts";
import { resetFor } from "./registers.ts";
import type { Room } from "./room.ts";

/** What was read is forgotten so soon: a crowd comes within seconds. */
const KEPT_MS = 1_000;
/** Longer ones are not kept, nor more of them. */
const ENTRIES_KEPT = 16;
const MOST_KEPT = 1_000;

/** A conversation whose head is another than the device's. */
export interface Behind {
  readonly conversation: string;
  /** Undefined for a former one. */
  readonly room: Room | undefined;
  readonly since: Head | undefined;
}

/** Brings a device up to date in a conversation. */
export interface CatchUp {
  readonly frame: EncodedOnce;
  /** The seq up to which it does. */
  readonly to: number;
}

interface Kept extends CatchUp {
  readonly since: Head;
}

/**
 * Reads what devices lack. When everybody comes back, the members of a conversation lack the same of it: what was read for one is given to the others who see all
 * of it, as long as nothing has happened there since.
 */
export class CatchUps {
  readonly #reader: LogReader;
  readonly #clock: Clock;
  readonly #kept = new Map<Room, Kept>();

  constructor(reader: LogReader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
  }

  /** Undefined if the person was never a member of the conversation. */
  async of(person: Person, behind: Behind): Promise<CatchUp | undefined> {
    return this.#keptFor(person, behind) ?? this.#read(person, behind);
  }

  #keptFor(person: Person, { room, since }: Behind): CatchUp | undefined {
    const kept = room && this.#kept.get(room);
    if (room === undefined || since === undefined || kept === undefined) return undefined;
    const isSame = kept.since.seq === since.seq && kept.since.tag === since.tag && kept.to === room.head;
    return isSame && seesAll(room, person) ? kept : undefined;
  }

  async #read(person: Person, { conversation, room, since }: Behind): Promise<CatchUp | undefined> {
    const held = since && { seq: since.seq, tag: since.tag };
    const read = await this.#reader.catchUp(person.account, { conversation, since: held });
    if (read === undefined) return undefined;
    const catchUp = { frame: frameFor(person, read), to: read.to };
    const isShort = read.entries <= ENTRIES_KEPT && !read.hasState;
    if (isShort && room !== undefined && since !== undefined && seesAll(room, person)) {
      this.#keep(room, { ...catchUp, since });
    }
    return catchUp;
  }

  #keep(room: Room, kept: Kept): void {
    if (this.#kept.size === 0) this.#clock.after(KEPT_MS, () => this.#kept.clear());
    if (this.#kept.size < MOST_KEPT) this.#kept.set(room, kept);
  }
}

function frameFor(person: Person, { kind, frame }: EncodedCatchUp): EncodedOnce {
  const told = kind === "reset" && person.blind ? decodeServerFrame("proto", frame)?.frame : undefined;
  if (told?.case !== "reset") return new EncodedOnce({ case: "encoded", value: frame });
  return new EncodedOnce({ case: "reset", value: resetFor(person, told.value) });
}

/** Whether a person is a member and sees the conversation from its first entry on. */
function seesAll(room: Room, person: Person): boolean {
  const seat = room.stale ? undefined : room.seat(person);
  const [first, ...others] = seat?.spans ?? [];
  return seat?.present === true && others.length === 0 && first?.fromOrdinal === 1 && first.toOrdinal === 0;
}
