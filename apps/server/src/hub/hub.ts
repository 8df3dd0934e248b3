import type { Hello, MarkUpdate, ProblemCode, Profile, ReadState, TypingUpdate } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { ConnectionLimits } from "../connection/connection-limits.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { FollowerOutcome, LogWriter, PublishedEvent } from "../log/log-writer.ts";
import { AccountDesk } from "./account-desk.ts";
import type { Device } from "./device.ts";
import { Devices } from "./devices.ts";
import { Greeter } from "./greeter.ts";
import { MarkDesk } from "./mark-desk.ts";
import { MarkWriter } from "./mark-writer.ts";
import { PresenceDesk } from "./presence-desk.ts";
import { Publisher } from "./publisher.ts";
import { Rooms } from "./rooms.ts";
import { Subscriptions } from "./subscriptions.ts";
import { SummaryDesk } from "./summary-desk.ts";
import type { Topics } from "./topics.ts";
import { Turnstile } from "./turnstile.ts";
import { TypingDesk } from "./typing-desk.ts";

export interface HubPorts {
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  /** Ends a session whose device has moved to another: it resolves when nobody can use it any more. */
  readonly endSession: (session: string) => Promise<void>;
}

/** Marks of others are sent again this long after Welcome, out of the way of what brings the device up to date. */
const RESEND_MARKS_AFTER_MS = 250;

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
  readonly #devices = new Devices();
  readonly #greeter: Greeter;
  readonly #subscriptions: Subscriptions;
  readonly #publisher: Publisher;
  readonly #marks: MarkDesk;
  readonly #typing: TypingDesk;
  readonly #presence: PresenceDesk;
  readonly #resends: Turnstile;
  readonly #accounts: AccountDesk;

  constructor({ reader, writer, topics, clock, limits, endSession }: HubPorts) {
    const devices = this.#devices;
    const rooms = new Rooms(reader);
    this.#clock = clock;
    this.#resends = new Turnstile(clock, 1);
    this.#presence = new PresenceDesk(rooms, clock);
    const subscriptions = new Subscriptions({
      reader,
      rooms,
      topics,
      arrived: (device, room) => this.#presence.introduce(device, room),
    });
    this.#subscriptions = subscriptions;
    this.#greeter = new Greeter({ reader, writer, clock, limits, devices, rooms, subscriptions, endSession });
    this.#publisher = new Publisher({ reader, devices, rooms, subscriptions, topics });
    const summaries = new SummaryDesk(rooms, clock);
    this.#marks = new MarkDesk({ writer: new MarkWriter(writer), devices, rooms, summaries });
    this.#typing = new TypingDesk(rooms, clock);
    this.#accounts = new AccountDesk(reader, devices, rooms);
  }

  /** Answers Hello. False if the device may not connect. */
  async greet(device: Device, hello: Hello): Promise<boolean> {
    const welcome = await this.#greeter.greet(device, hello);
    if (!welcome || device.gone) return welcome;
    // Marks that cannot be read now come with the next change of them.
    const resend = () => this.#resends.pass(() => this.#marks.resend(device)).catch(() => undefined);
    this.#clock.after(RESEND_MARKS_AFTER_MS, () => void resend());
    return true;
  }

  /** The connection of a device has ended. */
  leave(device: Device): void {
    if (device.gone) return;
    const conversations = [...device.conversations];
    device.leave();
    this.#subscriptions.leave(device);
    this.#devices.remove(device);
    this.#presence.leave(device, conversations);
  }

  /** Durable events, in commit order. */
  publish(events: readonly PublishedEvent[]): void {
    this.#publisher.publish(events);
  }

  /** What followers wrote to account logs. */
  publishAccountEvents(written: FollowerOutcome["written"]): void {
    this.#accounts.publish(written);
  }

  /** Stores marks; undefined if the account may not see the conversation. */
  mark(account: string, update: MarkUpdate, from: Device | undefined): Promise<ReadState | undefined> {
    return this.#marks.mark(account, update, from);
  }

  type(from: Device, update: TypingUpdate): void {
    this.#typing.type(from, update);
  }

  profileChanged(profile: Profile): Promise<void> {
    return this.#accounts.profileChanged(profile);
  }

  /** Ends the connection of a device, if it is connected. */
  dismiss(device: string, code: ProblemCode): void {
    this.#devices.byId(device)?.dismiss(code, 0);
  }
}
