import type {
  DraftUpdate,
  Hello,
  MarkUpdate,
  Privacy,
  Profile,
  ReadState,
  Reset,
  TypingUpdate,
} from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { ConnectionLimits } from "../connection/connection-limits.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";
import type { Doorkeeper } from "../entrance/doorkeeper.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { FollowerOutcome, LogWriter, PublishedEvent } from "../log/log-writer.ts";
import { AccountDesk } from "./account-desk.ts";
import { Device, type Dismissable } from "./device.ts";
import { Devices } from "./devices.ts";
import { DraftDesk } from "./draft-desk.ts";
import { FanOut, type FanOutRules, fanOutRules } from "./fan-out.ts";
import { Greeter } from "./greeter.ts";
import { Introductions } from "./introductions.ts";
import { MarkDesk } from "./mark-desk.ts";
import { MarkWriter } from "./mark-writer.ts";
import { People } from "./people.ts";
import { areApart } from "./person.ts";
import { PresenceDesk } from "./presence-desk.ts";
import { Publisher } from "./publisher.ts";
import type { Room } from "./room.ts";
import { Rooms } from "./rooms.ts";
import { Subscriptions } from "./subscriptions.ts";
import { SummaryDesk } from "./summary-desk.ts";
import { Tallies } from "./tallies.ts";
import type { Topics } from "./topics.ts";
import { TypingDesk } from "./typing-desk.ts";

export interface HubPorts {
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly topics: Topics;
  readonly clock: Clock;
  /** Says whose turn it is of those who come in. */
  readonly doorkeeper: Doorkeeper;
  readonly limits: ConnectionLimits;
  /** Ends a session whose device has moved to another: it resolves when nobody can use it any more. */
  readonly endSession: (session: string) => Promise<void>;
  /** Something is due then. */
  readonly expect: (at: number) => void;
  readonly fanOut?: FanOutRules;
}

/**
 * A node's connected devices and what reaches them:
 *
 *     commit ──► Publisher ──► Rooms ──► topics ──► devices          events, in order, nothing dropped
 *     Hello ──► Greeter ──► Subscriptions                            catching up without a gap
 *     marks, profiles, typing, presence ──► desks ──► Outlets        newest value only, at most one frame in a while
 *
 * It knows nothing of HTTP, of Bun or of how logs are stored.
 */
export class Hub {
  readonly #clock: Clock;
  readonly #people: People;
  readonly #rooms: Rooms;
  readonly #devices = new Devices();
  readonly #greeter: Greeter;
  readonly #subscriptions: Subscriptions;
  readonly #publisher: Publisher;
  readonly #marks: MarkDesk;
  readonly #drafts: DraftDesk;
  readonly #typing: TypingDesk;
  readonly #presence: PresenceDesk;
  readonly #accounts: AccountDesk;
  readonly #introductions: Introductions;

  constructor(ports: HubPorts) {
    const { reader, writer, topics, clock, doorkeeper, limits, endSession, expect, fanOut = fanOutRules } = ports;
    const devices = this.#devices;
    const people = new People(reader);
    const rooms = new Rooms(reader, people, devices);
    const tallies = new Tallies(reader);
    const presence = new PresenceDesk({ devices, rooms, people, reader, writer, clock });
    const joined = (device: Device, room: Room, reset: Reset) => {
      presence.joined(device, room);
      introductions.joined(device, room, reset);
    };
    const fan = new FanOut(topics, clock, fanOut);
    const subscriptions = new Subscriptions({ reader, rooms, fanOut: fan, arrived: joined });
    const summaries = new SummaryDesk(rooms, tallies, clock);
    const introductions = new Introductions({ clock, presence, rooms, summaries, doorkeeper });
    const arrived = (device: Device) => {
      presence.arrived(device);
      introductions.expect(device);
    };
    const shared = { reader, people, rooms, tallies };
    const door = { doorkeeper, devices, subscriptions, endSession, arrived };
    this.#clock = clock;
    this.#people = people;
    this.#rooms = rooms;
    this.#presence = presence;
    this.#subscriptions = subscriptions;
    this.#greeter = new Greeter({ ...shared, ...door, writer, clock, limits });
    this.#publisher = new Publisher({ reader, people, devices, rooms, subscriptions, fanOut: fan });
    this.#marks = new MarkDesk({ ...shared, devices, writer: new MarkWriter(writer, expect), summaries });
    this.#drafts = new DraftDesk({ reader, writer, people, devices, rooms });
    this.#typing = new TypingDesk(rooms, clock);
    this.#introductions = introductions;
    this.#accounts = new AccountDesk(reader, people, devices, rooms, (one, other) => {
      presence.apartChanged(one, other);
      if (areApart(one, other)) return;
      for (const person of [one, other]) for (const device of devices.of(person)) introductions.expect(device);
    });
  }

  /** The device of a connection that said Hello. */
  device(id: string, visitor: Visitor, socket: Socket, connection: Dismissable): Device {
    return new Device(id, this.#people.of(visitor.account), visitor, socket, this.#clock, connection);
  }

  /** Answers Hello. False if the device may not connect. */
  greet(device: Device, hello: Hello): Promise<boolean> {
    return this.#greeter.greet(device, hello);
  }

  /** The connection of a device has ended. */
  leave(device: Device): void {
    if (device.gone) return;
    device.leave();
    this.#subscriptions.leave(device);
    this.#devices.remove(device);
    this.#presence.left(device);
    this.#rooms.settle(device.person);
  }

  /** Durable events, in commit order. */
  publish(events: readonly PublishedEvent[]): void {
    this.#publisher.publish(events);
    for (const { event } of events) {
      const room = event.body.case === "posted" ? this.#rooms.get(event.log) : undefined;
      if (room?.waits === true) this.#accounts.accepted(room, event.author);
    }
    this.#drafts.published(events);
  }

  /** What followers wrote to account logs. */
  publishAccountEvents(written: FollowerOutcome["written"]): void {
    this.#accounts.publish(written);
  }

  /** Stores marks; undefined if the account may not see the conversation. */
  mark(account: string, update: MarkUpdate, from: Device | undefined): Promise<ReadState | undefined> {
    return this.#marks.mark(account, update, from);
  }

  draft(from: Device, update: DraftUpdate): Promise<void> {
    return this.#drafts.write(from, update);
  }

  type(from: Device, update: TypingUpdate): void {
    this.#typing.type(from, update);
  }

  /** What an account keeps to itself has changed. */
  privacyChanged(account: string, privacy: Privacy): void {
    const person = this.#people.of(account);
    const { blind, hidden } = person;
    this.#accounts.privacyChanged(person, privacy);
    if (hidden !== person.hidden) this.#presence.hiddenChanged(person);
    const isToldMore = (blind && !person.blind) || (hidden && !person.hidden);
    if (!isToldMore) return;
    for (const device of this.#devices.of(person)) this.#introductions.expect(device);
  }

  profileChanged(profile: Profile): Promise<void> {
    return this.#accounts.profileChanged(profile);
  }
}
