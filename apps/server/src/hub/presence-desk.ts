import { create } from "@bufbuild/protobuf";
import { type Presence, PresenceSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import type { Urgency } from "./outlet.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Who comes back within this time was never away. */
const OFFLINE_AFTER_MS = 2_000;
const PRESENCE_URGENCY: Urgency = { gapMs: 100, expiresAt: Number.POSITIVE_INFINITY };

interface OnlineAccount {
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

  /** A device has its Welcome. */
  arrive(device: Device): void {
    const online = this.#online.get(device.account) ?? { devices: new Set(), cancelLeaving: undefined };
    online.devices.add(device);
    online.cancelLeaving?.();
    online.cancelLeaving = undefined;
    this.#online.set(device.account, online);
  }

  /** A device has become live in a room: it learns who is there, and the others learn of it. */
  introduce(device: Device, room: Room): void {
    if (!room.small) return;
    for (const other of room.live) {
      if (other.account === device.account) continue;
      tell(device, other.account, true);
      tell(other, device.account, true);
    }
  }

  /** A device that took part in these conversations is gone. */
  leave(device: Device, conversations: readonly string[]): void {
    const online = this.#online.get(device.account);
    if (!online?.devices.delete(device) || online.devices.size > 0) return;
    online.cancelLeaving = this.#clock.after(OFFLINE_AFTER_MS, () => this.#gone(device.account, conversations));
  }

  #gone(account: string, conversations: readonly string[]): void {
    this.#online.delete(account);
    for (const conversation of conversations) {
      const room = this.#rooms.get(conversation);
      if (room === undefined || !room.small) continue;
      for (const device of room.live) tell(device, account, false);
    }
  }
}

function tell(device: Device, account: string, online: boolean): void {
  const presence: Presence = create(PresenceSchema, { account, online });
  device.signals.push(`presence/${account}`, presence, PRESENCE_URGENCY);
}
