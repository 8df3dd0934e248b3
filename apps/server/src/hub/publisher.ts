import { create } from "@bufbuild/protobuf";
import { type Event, EventFrameSchema, type Profile } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { PublishedEvent } from "../log/log-writer.ts";
import type { Devices } from "./devices.ts";
import { EncodedOnce } from "./encoded-once.ts";
import type { FanOut } from "./fan-out.ts";
import type { People } from "./people.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Subscriptions } from "./subscriptions.ts";

export interface PublisherPorts {
  readonly reader: LogReader;
  readonly people: People;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly subscriptions: Subscriptions;
  readonly fanOut: FanOut;
}

/** Brings durable events to the devices of this node, in commit order. */
export class Publisher {
  readonly #ports: PublisherPorts;
  /** Batches that wait for one before them; undefined when none is under way. */
  #queue: Promise<void> | undefined;

  constructor(ports: PublisherPorts) {
    this.#ports = ports;
  }

  /** Delivers at once where it can: only batches that make members need a read, and those after them wait their turn. */
  publish(batch: readonly PublishedEvent[]): void {
    const joined = batch.flatMap((published) => published.joined);
    if (this.#queue === undefined && joined.length === 0) {
      this.#deliverAll(batch, []);
      return;
    }
    const turn = (this.#queue ?? Promise.resolve()).then(async () => {
      const profiles = await this.#profiles(joined);
      this.#deliverAll(batch, profiles);
      if (this.#queue === turn) this.#queue = undefined;
    });
    this.#queue = turn;
  }

  async #profiles(accounts: readonly string[]): Promise<readonly Profile[]> {
    if (accounts.length === 0) return [];
    try {
      return await this.#ports.reader.profiles([...new Set(accounts)]);
    } catch {
      // An event must not be lost because a name is missing; the next Welcome brings the name.
      return [];
    }
  }

  #deliverAll(batch: readonly PublishedEvent[], profiles: readonly Profile[]): void {
    for (const published of batch) this.#deliver(published, profiles);
    this.#ports.fanOut.settle();
  }

  /** Applies what an event does to memberships before anything later of its log is looked at. */
  #deliver(published: PublishedEvent, profiles: readonly Profile[]): void {
    const { people, devices, rooms, subscriptions } = this.#ports;
    const { event } = published;
    const newcomers = published.joined.flatMap((account) => people.get(account) ?? []);
    const room = newcomers.length > 0 ? rooms.enter(event.log) : rooms.get(event.log);
    if (room === undefined) return;
    for (const person of newcomers) rooms.join(person, room);
    room.apply(published);
    this.#send(room, event, profilesOf(published.joined, profiles));
    for (const account of published.parted) {
      const person = people.get(account);
      if (person === undefined) continue;
      for (const device of devices.of(person)) subscriptions.part(device, room);
      rooms.part(person, room, event.body.case === "unfollowed");
    }
    for (const person of newcomers) {
      for (const device of devices.of(person)) subscriptions.join(device, room, event.seq);
    }
    rooms.dropIfEmpty(room);
  }

  #send(room: Room, event: Event, profiles: readonly Profile[]): void {
    if (room.live.length === 0 && room.pending.size === 0) return;
    const { fanOut, subscriptions } = this.#ports;
    const frame = new EncodedOnce({
      case: "event",
      value: create(EventFrameSchema, { event, profiles: [...profiles] }),
    });
    fanOut.give(room, frame);
    for (const [device, pending] of room.pending) {
      subscriptions.hold(device, pending, event.seq, frame.in(device.socket.encoding));
    }
  }
}

function profilesOf(accounts: readonly string[], profiles: readonly Profile[]): readonly Profile[] {
  return accounts.length === 0 ? [] : profiles.filter((profile) => accounts.includes(profile.account));
}
