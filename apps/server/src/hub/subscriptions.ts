import { type EncodedFrame, ProblemCode, type Reset } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { Device } from "./device.ts";
import type { FanOut } from "./fan-out.ts";
import type { Pending, Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** A device that is this many events behind what it was caught up to is better off resuming. */
const HELD_EVENTS = 1_000;
/** How often a Reset is read again when it does not hold the event that made it necessary. */
const RESET_READS = 3;

export interface SubscriptionsPorts {
  readonly reader: LogReader;
  readonly rooms: Rooms;
  readonly fanOut: FanOut;
  /** A device that was online already has become live in a room, by this Reset. */
  readonly arrived: (device: Device, room: Room, reset: Reset) => void;
}

/**
 * Which device listens to which conversation. A subscription that begins behind is pending: events are held until what the device was sent covers
 * everything before them, and only then it becomes live. So nothing is lost and nothing comes out of order.
 */
export class Subscriptions {
  readonly #ports: SubscriptionsPorts;
  /** The rooms in which devices are being caught up. */
  readonly #waiting = new Map<Device, Set<Room>>();

  constructor(ports: SubscriptionsPorts) {
    this.#ports = ports;
  }

  /** The device holds everything that was published of a room: it gets what comes from now on. */
  goLive(device: Device, room: Room): void {
    this.#ports.fanOut.enter(device, room);
  }

  /** Begins to hold the events of a conversation for a device that is about to be caught up. */
  begin(device: Device, room: Room): void {
    this.#await(device, room, 0);
  }

  /** An event has made the account of a device a member: it gets a Reset. */
  join(device: Device, room: Room, seq: number): void {
    if (room.isLive(device)) return;
    const pending = room.pending.get(device);
    if (pending !== undefined) {
      pending.joinedAt = seq;
      pending.leaving = false;
      return;
    }
    this.#await(device, room, seq);
    void this.reset(device, room);
  }

  /** An event that the device got has ended its account's membership. */
  part(device: Device, room: Room): void {
    const pending = room.pending.get(device);
    if (pending !== undefined) pending.leaving = true;
    else this.#drop(device, room);
  }

  /** Keeps an event for a device that is being caught up. */
  hold(device: Device, pending: Pending, seq: number, frame: EncodedFrame): void {
    if (pending.leaving) return;
    if (pending.held.length >= HELD_EVENTS) device.dismiss(ProblemCode.TOO_SLOW, 0);
    else pending.held.push({ seq, frame });
  }

  /** The device was sent everything that it may see up to `head`. */
  async settle(device: Device, room: Room, head: number): Promise<void> {
    const pending = room.pending.get(device);
    if (pending === undefined) return;
    if (pending.joinedAt > head) await this.reset(device, room);
    else this.#release(device, room, pending, head);
  }

  /** Sends a device a fresh start on a conversation and makes it live there. */
  async reset(device: Device, room: Room): Promise<void> {
    try {
      await this.#ports.rooms.ready([room]);
      for (let read = 0; read < RESET_READS; read++) {
        const reset = await this.#ports.reader.reset(device.account, room.id);
        const pending = room.pending.get(device);
        if (pending === undefined) return;
        const head = reset?.status?.head?.seq ?? 0;
        if (reset === undefined || pending.joinedAt > head) continue;
        device.send({ case: "reset", value: reset });
        this.#release(device, room, pending, head);
        if (!pending.leaving) this.#ports.arrived(device, room, reset);
        return;
      }
    } catch {
      // The store is in trouble; the device comes back and resumes.
    }
    device.dismiss(ProblemCode.UNAVAILABLE, 1_000);
  }

  /** The device is gone. */
  leave(device: Device): void {
    for (const room of [...this.#ports.rooms.of(device.person), ...(this.#waiting.get(device) ?? [])])
      this.#drop(device, room);
  }

  #await(device: Device, room: Room, joinedAt: number): void {
    room.wait(device, { joinedAt, leaving: false, held: [] });
    const waiting = this.#waiting.get(device) ?? new Set();
    this.#waiting.set(device, waiting.add(room));
  }

  #stopWaiting(device: Device, room: Room): void {
    room.stopWaiting(device);
    const waiting = this.#waiting.get(device);
    if (waiting?.delete(room) && waiting.size === 0) this.#waiting.delete(device);
  }

  #release(device: Device, room: Room, pending: Pending, head: number): void {
    for (const { seq, frame } of pending.held) {
      if (seq > head) device.socket.send(frame);
    }
    this.#stopWaiting(device, room);
    if (pending.leaving) this.#ports.rooms.dropIfEmpty(room);
    else this.goLive(device, room);
  }

  #drop(device: Device, room: Room): void {
    this.#stopWaiting(device, room);
    this.#ports.fanOut.leave(device, room);
    this.#ports.rooms.dropIfEmpty(room);
  }
}
