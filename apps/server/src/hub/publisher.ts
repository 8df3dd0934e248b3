import { create } from "@bufbuild/protobuf";
import { type Encoding, type Event, EventFrameSchema, type Profile } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { PublishedEvent } from "../log/log-writer.ts";
import type { Devices } from "./devices.ts";
import { EncodedOnce } from "./encoded-once.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { type Topics, topicOf } from "./topics.ts";

const ENCODINGS: readonly Encoding[] = ["proto", "json"];

export interface PublisherPorts {
  readonly reader: LogReader;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly subscriptions: Subscriptions;
  readonly topics: Topics;
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
      for (const published of batch) this.#deliver(published, []);
      return;
    }
    const turn = (this.#queue ?? Promise.resolve()).then(async () => {
      const profiles = await this.#profiles(joined);
      for (const published of batch) this.#deliver(published, profiles);
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

  /** Applies what an event does to memberships before anything later of its log is looked at. */
  #deliver(published: PublishedEvent, profiles: readonly Profile[]): void {
    const { devices, rooms, subscriptions } = this.#ports;
    const { event, joined, parted } = published;
    const newcomers = joined.flatMap((account) => [...devices.of(account)]);
    const room = newcomers.length > 0 ? rooms.enter(event.log).room : rooms.get(event.log);
    if (room === undefined) return;
    room.apply(published);
    this.#send(room, event, profilesOf(joined, profiles));
    for (const account of parted) {
      for (const device of devices.of(account)) subscriptions.part(device, room);
    }
    for (const device of newcomers) subscriptions.join(device, room, event.seq);
  }

  #send(room: Room, event: Event, profiles: readonly Profile[]): void {
    const frame = new EncodedOnce({
      case: "event",
      value: create(EventFrameSchema, { event, profiles: [...profiles] }),
    });
    for (const encoding of ENCODINGS) {
      if (room.listeners[encoding] > 0) {
        this.#ports.topics.publish(topicOf(room.id, encoding), frame.in(encoding));
      }
    }
    for (const [device, pending] of room.pending) {
      this.#ports.subscriptions.hold(device, pending, event.seq, frame.in(device.socket.encoding));
    }
  }
}

function profilesOf(accounts: readonly string[], profiles: readonly Profile[]): readonly Profile[] {
  return accounts.length === 0 ? [] : profiles.filter((profile) => accounts.includes(profile.account));
}
