import { create } from "@bufbuild/protobuf";
import { type Hello, ProblemCode, WelcomeSchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { ConnectionLimits } from "../connection/connection-limits.ts";
import type { LogReader, Resumption } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import type { Rooms } from "./rooms.ts";
import type { Subscriptions } from "./subscriptions.ts";
import { Turnstile } from "./turnstile.ts";

/** No more is handed to a socket while this many bytes wait in it. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** How often a socket that is full is looked at again. */
const DRAIN_CHECK_MS = 20;

/** How many devices are greeted at the same time: when everybody returns at once, messages must still get through. */
const GREETINGS_AT_ONCE = 4;

export interface GreeterPorts {
  readonly endSession: (session: string) => Promise<void>;
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly subscriptions: Subscriptions;
}

/**
 * Answers Hello: registers the device, begins to hold the events of its conversations, and only then reads where they stand; then Welcome, and what the
 * device lacks, conversation by conversation.
 */
export class Greeter {
  readonly #ports: GreeterPorts;
  readonly #turnstile: Turnstile;

  constructor(ports: GreeterPorts) {
    this.#ports = ports;
    this.#turnstile = new Turnstile(ports.clock, GREETINGS_AT_ONCE);
  }

  /** Resolves when Welcome was sent; false if the device may not connect. */
  greet(device: Device, hello: Hello): Promise<boolean> {
    return this.#turnstile.pass(async () => device.gone || this.#greetNow(device, hello));
  }

  async #greetNow(device: Device, hello: Hello): Promise<boolean> {
    const { writer, reader, devices } = this.#ports;
    const { account, session } = device;
    const outcome = await writer.registerDevice({ account, session, device: hello.device, name: hello.name });
    if (outcome.kind === "refused") return false;
    if (outcome.abandoned !== undefined) await this.#ports.endSession(outcome.abandoned);
    if (outcome.replaced !== undefined) devices.byId(outcome.replaced)?.dismiss(ProblemCode.DEVICE_CLOSED, 0);
    if (device.gone) return true;
    devices.add(device);
    await this.#subscribe(device);
    const [incarnation, resumption] = await Promise.all([reader.incarnation(), reader.resume(account, hello)]);
    if (device.gone) return true;
    this.#welcome(device, incarnation, resumption);
    void this.#catchUp(device, resumption);
    return true;
  }

  async #subscribe(device: Device): Promise<void> {
    const conversations = await this.#ports.reader.memberships(device.account);
    if (device.gone) return;
    const entered = conversations.map((conversation) => this.#ports.rooms.enter(conversation));
    for (const { room } of entered) {
      if (!room.pending.has(device)) this.#ports.subscriptions.begin(device, room);
    }
    await Promise.all(entered.map(({ ready }) => ready));
  }

  #welcome(device: Device, incarnation: string, resumption: Resumption): void {
    const { clock, limits } = this.#ports;
    const welcome = create(WelcomeSchema, {
      account: device.account,
      device: device.id,
      incarnation,
      serverTime: clock.now(),
      accountHead: resumption.accountHead,
      conversations: [...resumption.conversations],
      profiles: [...resumption.profiles],
      credit: limits.credit,
      heartbeatMs: limits.heartbeatMs,
    });
    device.send({ case: "welcome", value: welcome });
    device.openUp(resumption.accountHead, resumption.accountEvents);
  }

  async #catchUp(device: Device, resumption: Resumption): Promise<void> {
    const behind = new Map(
      resumption.catchUps.map((catchUp) => [
        catchUp.$typeName === "parley.v1.Changes" ? catchUp.conversation : (catchUp.status?.head?.conversation ?? ""),
        catchUp,
      ]),
    );
    const known = new Set<string>();
    for (const { head } of resumption.conversations) {
      if (head === undefined) continue;
      known.add(head.conversation);
      if (!behind.has(head.conversation)) this.#settle(device, head.conversation, head.seq);
    }
    for (const conversation of [...device.conversations]) {
      const room = this.#ports.rooms.get(conversation);
      if (!known.has(conversation) && room?.pending.has(device)) void this.#ports.subscriptions.reset(device, room);
    }
    for (const [conversation, catchUp] of behind) {
      await this.#drained(device);
      if (device.gone) return;
      if (catchUp.$typeName === "parley.v1.Changes") {
        device.send({ case: "changes", value: catchUp });
        this.#settle(device, conversation, catchUp.to?.seq ?? 0);
      } else {
        device.send({ case: "reset", value: catchUp });
        this.#settle(device, conversation, catchUp.status?.head?.seq ?? 0);
      }
    }
  }

  #settle(device: Device, conversation: string, head: number): void {
    const room = this.#ports.rooms.get(conversation);
    if (room !== undefined) this.#ports.subscriptions.settle(device, room, head);
  }

  /** A long catch-up is handed over no faster than the device reads, so that it is not taken for a slow one. */
  async #drained(device: Device): Promise<void> {
    while (!device.gone && device.socket.waiting() > HIGH_WATER_BYTES) {
      await new Promise<void>((resolve) => {
        this.#ports.clock.after(DRAIN_CHECK_MS, resolve);
      });
    }
  }
}
