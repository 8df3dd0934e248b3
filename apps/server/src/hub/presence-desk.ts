import { create } from "@bufbuild/protobuf";
import { type Presence, PresenceSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import type { Urgency } from "./outlet.ts";
import type { People } from "./people.ts";
import { areApart, type Person } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Who comes back within this time was never away. */
const OFFLINE_AFTER_MS = 2_000;
/** The first frame goes out at once; when many come and go, once a second is enough. */
const PRESENCE_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

export interface PresenceDeskPorts {
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly people: People;
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly clock: Clock;
}

/** Who is online, told to those who share a small conversation. */
export class PresenceDesk {
  readonly #ports: PresenceDeskPorts;
  #arrivals = 0;

  constructor(ports: PresenceDeskPorts) {
    this.#ports = ports;
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
    if (!isToldIn(room) || device.person.hidden) return;
    const own = begin(device.person);
    for (const other of room.live) {
      if (other.person === device.person || other.person.hidden || areApart(other.person, device.person)) continue;
      if (device.introducedAt !== undefined) tell(device, other.person.presence);
      tell(other, own);
    }
  }

  /** Who is there, for a device that is introduced now; and those who were introduced before it came hear of it. */
  introduce(device: Device): Presence[] {
    const { person } = device;
    const own = begin(person);
    device.introducedAt = this.#arrivals;
    if (person.hidden) return [];
    const seen = new Set<Presence>();
    const away = new Set<Person>();
    const told = new Set<Device>();
    for (const room of this.#ports.rooms.of(person)) {
      if (!isToldIn(room)) continue;
      const other = otherOfTwo(room, person);
      if (other !== undefined && other.presence === undefined && isTold(other, person) && other.lastSeen)
        away.add(other);
      for (const other of room.live) {
        if (other.person === person || !isTold(other.person, person)) continue;
        if (other.person.presence !== undefined) seen.add(other.person.presence);
        if (other.introducedAt !== undefined && other.introducedAt < person.arrival) told.add(other);
      }
    }
    for (const other of told) tell(other, own);
    return [...seen, ...[...away].map(awayPresence)];
  }

  /** A device is gone. */
  left({ id, person }: Device): void {
    const { devices, clock, writer } = this.#ports;
    if (devices.of(person).length > 0 || person.presence === undefined) return;
    person.cancelLeaving?.();
    const lastSeen = clock.now();
    person.cancelLeaving = clock.after(OFFLINE_AFTER_MS, () => {
      person.cancelLeaving = undefined;
      person.presence = undefined;
      person.lastSeen = lastSeen;
      if (!person.hidden) this.#sayGoodbye(person);
      // What cannot be noted now is known as exactly as devices are seen.
      writer.seen(person.account, id, lastSeen).catch(() => undefined);
    });
  }

  /** Reads when those were there last whom a person has a conversation of two with. */
  async meet(person: Person): Promise<void> {
    if (person.hidden) return;
    const { rooms, reader, people } = this.#ports;
    const unknown = rooms.of(person).flatMap((room) => {
      const other = otherOfTwo(room, person);
      return other === undefined || other.presence !== undefined || other.lastSeen !== undefined ? [] : [other.account];
    });
    if (unknown.length === 0) return;
    for (const { account, at, privacy, blocked } of await reader.lastSeen(unknown)) {
      const other = people.of(account);
      other.learnPrivacy(privacy);
      // What was told meanwhile is newer.
      if (other.blocked === undefined) other.learnBlocked(blocked);
      other.lastSeen ??= at;
    }
  }

  /** A person hides from now on, or does so no more; its devices are introduced again then. */
  hiddenChanged(person: Person): void {
    if (!person.hidden) {
      if (person.presence !== undefined) person.arrival = ++this.#arrivals;
      return;
    }
    const gone = create(PresenceSchema, { account: person.account, online: false });
    for (const device of this.#others(person)) {
      tell(device, gone);
      const unknown = create(PresenceSchema, { account: device.account, online: false });
      for (const own of this.#ports.devices.of(person)) tell(own, unknown);
    }
  }

  /** Of two people one blocks the other from now on, or does so no more; then their devices are introduced again. */
  apartChanged(one: Person, other: Person): void {
    if (!areApart(one, other)) {
      for (const person of [one, other]) if (person.presence !== undefined) person.arrival = ++this.#arrivals;
      return;
    }
    for (const [told, of] of [
      [one, other],
      [other, one],
    ] as const) {
      const unknown = create(PresenceSchema, { account: of.account, online: false });
      for (const device of this.#ports.devices.of(told)) tell(device, unknown);
    }
  }

  /** Devices of those who are told of a person. */
  #others(person: Person): Set<Device> {
    const others = new Set<Device>();
    for (const room of this.#ports.rooms.of(person)) {
      if (!isToldIn(room)) continue;
      for (const device of room.live) {
        if (device.person !== person && !device.person.hidden && !areApart(person, device.person)) others.add(device);
      }
    }
    return others;
  }

  #sayGoodbye(person: Person): void {
    const gone = awayPresence(person);
    for (const device of this.#others(person)) tell(device, gone);
  }
}

/** Whether the members of a room are told of each other. */
function isToldIn(room: Room): boolean {
  return room.small && !room.waits;
}

/** Whether somebody who is told of others is told of this one. */
function isTold(other: Person, person: Person): boolean {
  return !other.hidden && !areApart(other, person);
}

function otherOfTwo({ seats }: Room, person: Person): Person | undefined {
  return seats.length === 2 ? seats.find((seat) => seat.person !== person)?.person : undefined;
}

function awayPresence({ account, lastSeen = 0 }: Person): Presence {
  return create(PresenceSchema, { account, online: false, lastSeen });
}

function begin(person: Person): Presence {
  person.presence ??= create(PresenceSchema, { account: person.account, online: true });
  return person.presence;
}

function tell(device: Device, presence: Presence | undefined): void {
  if (presence !== undefined) device.signals.push(`presence/${presence.account}`, presence, PRESENCE_URGENCY);
}
