import { create } from "@bufbuild/protobuf";
import { mergeMarks, noMarks } from "@parley/log";
import { type MemberMark, RegistersSchema, type Reset, SignalsSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Doorkeeper } from "../entrance/doorkeeper.ts";
import { Turnstile } from "../entrance/turnstile.ts";
import type { Device } from "./device.ts";
import { memberMark } from "./mark-desk.ts";
import type { PresenceDesk } from "./presence-desk.ts";
import { resetFor } from "./registers.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Seat } from "./seat.ts";
import type { SummaryDesk } from "./summary-desk.ts";

/** How soon after its Welcome a device is introduced, when there is time. */
const AFTER_MS = 100;
/** How soon it is looked again whether there is time. */
const AGAIN_MS = 100;
/** So often in a row there may be no time: then they are told all the same. */
const LOOKS_IN_VAIN = 100;

export interface IntroductionsPorts {
  readonly clock: Clock;
  readonly presence: PresenceDesk;
  readonly rooms: Rooms;
  readonly summaries: SummaryDesk;
  /** Says whether somebody waits for what matters more. */
  readonly doorkeeper: Doorkeeper;
}

/**
 * Tells devices that came what they need not know at once: who is there, and the marks of others, which may have moved while they were away. When
 * everybody comes back at once, this waits until they have what matters, and is then told in one frame each.
 */
export class Introductions {
  readonly #ports: IntroductionsPorts;
  readonly #turnstile: Turnstile;
  readonly #waiting: Device[] = [];
  #scheduled = false;
  #inVain = 0;

  constructor(ports: IntroductionsPorts) {
    this.#ports = ports;
    this.#turnstile = new Turnstile(ports.doorkeeper, 1);
  }

  /** A device has its Welcome. */
  expect(device: Device): void {
    this.#waiting.push(device);
    this.#look(AFTER_MS);
  }

  /** A device that was there already is given a room. Marks that moved while it was read were told to it before it held the room. */
  joined(device: Device, room: Room, reset: Reset): void {
    const told = new Map(resetFor(device.person, reset).marks.map((mark) => [mark.account, mark]));
    // The store may know of others already what is not known here yet.
    const memberMarks = marksFor(device, room).flatMap((mark): MemberMark[] => {
      const before = told.get(mark.account) ?? noMarks;
      const { delivered, read } = mergeMarks(mark, before);
      return delivered > before.delivered || read > before.read ? [{ ...mark, delivered, read }] : [];
    });
    if (memberMarks.length > 0) device.send({ case: "registers", value: create(RegistersSchema, { memberMarks }) });
  }

  #look(delayMs: number): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#ports.clock.after(delayMs, () => {
      this.#scheduled = false;
      this.#next();
    });
  }

  /** One after the other, and each in its turn, so that nothing else waits for them. */
  #next(): void {
    if (this.#ports.doorkeeper.crowded && this.#inVain < LOOKS_IN_VAIN) {
      this.#inVain++;
      this.#look(AGAIN_MS);
      return;
    }
    const device = this.#waiting.shift();
    if (device === undefined) this.#inVain = 0;
    else if (device.gone) this.#look(0);
    else if (device.clear) void this.#turnstile.pass(() => this.#introduce(device)).finally(() => this.#look(0));
    else this.expect(device);
  }

  async #introduce(device: Device): Promise<void> {
    if (device.gone) return;
    const { presence, rooms, summaries } = this.#ports;
    await presence.meet(device.person);
    if (device.gone) return;
    const memberMarks: MemberMark[] = [];
    for (const room of rooms.of(device.person)) {
      if (room.small) memberMarks.push(...marksFor(device, room));
      else summaries.schedule(room);
    }
    const seen = presence.introduce(device);
    if (memberMarks.length > 0) device.send({ case: "registers", value: create(RegistersSchema, { memberMarks }) });
    if (seen.length > 0) device.send({ case: "signals", value: create(SignalsSchema, { presence: seen }) });
  }
}

/** The marks of the others in a room in which each is told. */
function marksFor(device: Device, room: Room): MemberMark[] {
  const others = room.small ? room.seats.filter((seat) => hasMarks(seat, device)) : [];
  return others.map((seat) => memberMark(room, seat, device.person.blind));
}

/** Whether a seat has marks that a device should hear of. */
function hasMarks({ present, person, delivered, shown }: Seat, device: Device): boolean {
  return present && person !== device.person && (delivered > 0 || shown > 0);
}
