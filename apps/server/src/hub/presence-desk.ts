import { create } from "@bufbuild/protobuf";
import { type Presence, PresenceSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import type { Urgency } from "./outlet.ts";
import type { Person } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Who comes back within this time was never away. */
const OFFLINE_AFTER_MS = 2_000;
/** The first frame goes out at once; when many come and go, once a second is enough. */
const PRESENCE_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

/** Who is online, told to those who share a small conversation. */
export class PresenceDesk {
  readonly #devices: Devices;
  readonly #rooms: Rooms;
  readonly #clock: Clock;
  #arrivals = 0;

  constructor(devices: Devices, rooms: Rooms, clock: Clock) {
    this.#devices = devices;
    this.#rooms = rooms;
    this.#clock = clock;
  }

  /** A device has its Welcome. Whoever is introduced from now on hears of it by that; the others when it is introduced itself. */
  arrived({ person }: Device): void {
    person.cancelLeaving?.();
    person.cancelLeaving = undefined;
    // Who comes back in time was never away.
    if (person.presence !== undefined) return;
    begin(person);
    person.arrival = ++this.#arrivals;
  }

  /** A device that was online already has become live in a room: it learns who is there, and the others learn of it. */
  joined(device: Device, room: Room): void {
    if (!room.small) return;
    const own = begin(device.person);
    for (const other of room.live) {
      if (other.person === device.person) continue;
      if (device.introducedAt !== undefined) tell(device, other.person.presence);
      tell(other, own);
    }
  }

  /** Who is there, for a device that is introduced now; and those who were introduced before it came hear of it. */
  introduce(device: Device): Presence[] {
    const { person } = device;
    const own = begin(person);
    const seen = new Set<Presence>();
    const told = new Set<Device>();
    for (const room of this.#rooms.of(person)) {
      if (!room.small) continue;
      for (const other of room.live) {
        if (other.person === person) continue;
        if (other.person.presence !== undefined) seen.add(other.person.presence);
        if (other.introducedAt !== undefined && other.introducedAt < person.arrival) told.add(other);
      }
    }
    for (const other of told) tell(other, own);
    device.introducedAt = this.#arrivals;
    return [...seen];
  }

  /** A device is gone. */
  left({ person }: Device): void {
    if (this.#devices.of(person).length > 0 || person.presence === undefined) return;
    person.cancelLeaving?.();
    person.cancelLeaving = this.#clock.after(OFFLINE_AFTER_MS, () => {
      person.cancelLeaving = undefined;
      person.presence = undefined;
      this.#sayGoodbye(person);
    });
  }

  #sayGoodbye(person: Person): void {
    const gone = create(PresenceSchema, { account: person.account, online: false });
    for (const room of this.#rooms.of(person)) {
      if (!room.small) continue;
      for (const device of room.live) if (device.person !== person) tell(device, gone);
    }
  }
}

function begin(person: Person): Presence {
  person.presence ??= create(PresenceSchema, { account: person.account, online: true });
  return person.presence;
}

function tell(device: Device, presence: Presence | undefined): void {
  if (presence !== undefined) device.signals.push(`presence/${presence.account}`, presence, PRESENCE_URGENCY);
}
