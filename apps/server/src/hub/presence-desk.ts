import { create } from "@bufbuild/protobuf";
import { type Presence, PresenceSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import type { Urgency } from "./outlet.ts";
import type { Person } from "./person.ts";
import type { Room } from "./room.ts";

/** Who comes back within this time was never away. */
const OFFLINE_AFTER_MS = 2_000;
/** The first frame goes out at once; when many come and go, once a second is enough. */
const PRESENCE_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

/** Who is online, told to those who share a small conversation. */
export class PresenceDesk {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A device has its Welcome. Others hear of it if it is the first of its account; those who are not introduced yet will hear of it then. */
  arrived({ person }: Device): void {
    const { cancelLeaving } = person;
    person.cancelLeaving = undefined;
    cancelLeaving?.();
    // Who comes back in time was never away.
    if (person.presence === undefined) this.#announce(person, begin(person));
  }

  /** A device that was online already has become live in a room: it learns who is there, and the others learn of it. */
  joined(device: Device, room: Room): void {
    if (!room.small) return;
    const own = begin(device.person);
    for (const other of room.live) {
      if (other.person === device.person) continue;
      if (device.introduced) tell(device, other.person.presence);
      tell(other, own);
    }
  }

  /** Who is there, for a device that is to be introduced. */
  seenBy({ person }: Device): Presence[] {
    const seen = new Set<Presence>();
    for (const room of person.attendance?.rooms ?? []) {
      if (!room.small) continue;
      for (const { person: other } of room.live) {
        if (other !== person && other.presence !== undefined) seen.add(other.presence);
      }
    }
    return [...seen];
  }

  /** A device is gone. */
  left({ person }: Device): void {
    if (person.devices.length > 0 || person.presence === undefined) return;
    person.cancelLeaving?.();
    person.cancelLeaving = this.#clock.after(OFFLINE_AFTER_MS, () => {
      person.cancelLeaving = undefined;
      person.presence = undefined;
      this.#announce(person, create(PresenceSchema, { account: person.account, online: false }));
    });
  }

  #announce(person: Person, presence: Presence): void {
    const told = new Set<Device>();
    for (const room of person.attendance?.rooms ?? []) {
      if (!room.small) continue;
      for (const device of room.live) {
        if (device.person !== person && device.introduced) told.add(device);
      }
    }
    for (const device of told) tell(device, presence);
  }
}

function begin(person: Person): Presence {
  person.presence ??= create(PresenceSchema, { account: person.account, online: true });
  return person.presence;
}

function tell(device: Device, presence: Presence | undefined): void {
  if (presence !== undefined) device.signals.push(`presence/${presence.account}`, presence, PRESENCE_URGENCY);
}
