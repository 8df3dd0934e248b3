import { create } from "@bufbuild/protobuf";
import { type Presence, PresenceSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import type { Urgency } from "./outlet.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Who comes back within this time was never away. */
const OFFLINE_AFTER_MS = 2_000;
/** The first frame goes out at once; when many come and go, once a second is enough. */
const PRESENCE_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

interface OnlineAccount {
  /** Ready to be sent: one message serves all devices that it is told to. */
  readonly presence: Presence;
  readonly devices: Set<Device>;
  /** Stops the announcement that the account has gone. */
  cancelLeaving: (() => void) | undefined;
}

/** Who is online, told to those who share a small conversation. */
export class PresenceDesk {
  readonly #rooms: Rooms;
  readonly #clock: Clock;
  readonly #online = new Map<string, OnlineAccount>();

  constructor(rooms: Rooms, clock: Clock) {
    this.#rooms = rooms;
    this.#clock = clock;
  }

  /** A device has become live in a room: it learns who is there, and the others learn of it if it is the first of its account. */
  introduce(device: Device, room: Room): void {
    if (!room.small) return;
    const own = this.#arrive(device);
    const first = ![...own.devices].some((sibling) => sibling !== device && room.live.has(sibling));
    for (const other of room.live) {
      if (other.account === device.account) continue;
      tell(device, this.#online.get(other.account)?.presence);
      if (first) tell(other, own.presence);
    }
  }

  /** A device that took part in these conversations is gone. */
  leave(device: Device, conversations: readonly string[]): void {
    const online = this.#online.get(device.account);
    if (!online?.devices.delete(device) || online.devices.size > 0) return;
    online.cancelLeaving = this.#clock.after(OFFLINE_AFTER_MS, () => this.#gone(device.account, conversations));
  }

  #arrive(device: Device): OnlineAccount {
    const online = this.#online.get(device.account) ?? begin(device.account);
    online.devices.add(device);
    online.cancelLeaving?.();
    online.cancelLeaving = undefined;
    this.#online.set(device.account, online);
    return online;
  }

  #gone(account: string, conversations: readonly string[]): void {
    this.#online.delete(account);
    const gone = create(PresenceSchema, { account, online: false });
    for (const conversation of conversations) {
      const room = this.#rooms.get(conversation);
      if (room === undefined || !room.small) continue;
      for (const device of room.live) tell(device, gone);
    }
  }
}

function begin(account: string): OnlineAccount {
  const presence = create(PresenceSchema, { account, online: true });
  return { presence, devices: new Set(), cancelLeaving: undefined };
}

function tell(device: Device, presence: Presence | undefined): void {
  if (presence !== undefined) device.signals.push(`presence/${presence.account}`, presence, PRESENCE_URGENCY);
}
