import { create } from "@bufbuild/protobuf";
import { type ConversationStatus, type Head, type Hello, PrivacySchema, ProblemCode } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { ConnectionLimits } from "../connection/connection-limits.ts";
import type { Doorkeeper } from "../entrance/doorkeeper.ts";
import { Turnstile } from "../entrance/turnstile.ts";
import { isRegistered, isSeenLately } from "../executor/devices.ts";
import type { DeviceRegistration, LogWriter } from "../log/log-writer.ts";
import { Arrival, type ArrivalPorts, headsHeld, type Place, type Welcomed } from "./arrival.ts";
import { type Behind, CatchUps } from "./catch-ups.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import { pushDraft } from "./draft-desk.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** No more is handed to a socket while this many bytes wait in it. */
const HIGH_WATER_BYTES = 1024 * 1024;
/** How often a socket that is full is looked at again. */
const DRAIN_CHECK_MS = 20;
/** How many devices are greeted at the same time: when everybody returns at once, messages must still get through. */
const GREETINGS_AT_ONCE = 3;
/** How many devices are registered at the same time: they share a commit. */
const ADMISSIONS_AT_ONCE = 32;
/** How often what a Welcome needs is looked for, when it changes while it is read. */
const LOOKS = 20;

export interface GreeterPorts extends ArrivalPorts {
  readonly endSession: (session: string) => Promise<void>;
  readonly writer: LogWriter;
  readonly clock: Clock;
  readonly doorkeeper: Doorkeeper;
  readonly limits: ConnectionLimits;
  readonly devices: Devices;
  readonly subscriptions: Subscriptions;
  /** A device has its Welcome. */
  readonly arrived: (device: Device) => void;
}

/**
 * Answers Hello. What a Welcome needs is got together first; then, in one turn and so at one moment of what is published, the device is compared with the
 * rooms, subscribed and sent its Welcome. What it lacks follows, conversation by conversation, while the events of those are held.
 */
export class Greeter {
  readonly #ports: GreeterPorts;
  readonly #admissions: Turnstile;
  readonly #greetings: Turnstile;
  readonly #catchingUp: Turnstile;
  readonly #catchUps: CatchUps;
  #incarnation: Promise<string> | undefined;

  constructor(ports: GreeterPorts) {
    this.#ports = ports;
    this.#admissions = new Turnstile(ports.doorkeeper, ADMISSIONS_AT_ONCE);
    this.#greetings = new Turnstile(ports.doorkeeper, GREETINGS_AT_ONCE);
    this.#catchingUp = new Turnstile(ports.doorkeeper, GREETINGS_AT_ONCE);
    this.#catchUps = new CatchUps(ports.reader, ports.clock);
  }

  /** Resolves when Welcome was sent; false if the device may not connect. */
  async greet(device: Device, hello: Hello): Promise<boolean> {
    const { closings } = this.#ports.devices;
    const open = await this.#admissions.pass(async () => device.gone || this.#admit(device, hello));
    return open && this.#greetings.pass(async () => device.gone || this.#greetNow(device, hello, closings));
  }

  /** @param closings how many devices had been closed before this one was admitted */
  async #greetNow(device: Device, hello: Hello, closings: number): Promise<boolean> {
    const { devices } = this.#ports;
    const incarnation = await this.#readIncarnation();
    const held = headsHeld(hello, incarnation);
    const arrival = new Arrival(this.#ports, device.person, held && hello.accountHead, held ? hello.draftsKnown : 0);
    this.#doubt(held);
    let admittedAt = closings;
    for (let look = 0; look < LOOKS; look++) {
      if (devices.mayBeClosed(device.id, admittedAt)) {
        admittedAt = devices.closings;
        if (!(await this.#admit(device, hello))) return false;
        if (device.gone) return true;
      }
      const welcomed = devices.mayBeClosed(device.id, admittedAt) ? undefined : arrival.welcomed();
      if (welcomed !== undefined) {
        const behind = this.#welcome(device, incarnation, welcomed, held);
        if (behind.length > 0) this.#catchUp(device, wantedFirst(behind, hello)).catch(() => giveUp(device));
        return true;
      }
      await arrival.fetch();
      if (device.gone) return true;
    }
    giveUp(device);
    return true;
  }

  /** Whether the device is, or now was, registered. Most are, and at most it is to be noted that they were seen, which nobody waits for. */
  async #admit(device: Device, { name }: Hello): Promise<boolean> {
    const { reader, clock } = this.#ports;
    const registration = { account: device.account, session: device.session, device: device.id, name };
    const known = await reader.device(device.id);
    if (!isRegistered(known, registration)) return this.#register(registration);
    if (isSeenLately(known, clock.now())) return true;
    // A store that cannot note it now is no reason to keep the device out.
    this.#register(registration).then(
      (open) => open || device.dismiss(ProblemCode.DEVICE_CLOSED, 0),
      () => undefined,
    );
    return true;
  }

  async #register(registration: DeviceRegistration): Promise<boolean> {
    const { writer, devices, endSession } = this.#ports;
    const outcome = await writer.registerDevice(registration);
    if (outcome.kind === "refused") return false;
    if (outcome.abandoned !== undefined) await endSession(outcome.abandoned);
    if (outcome.replaced !== undefined) devices.close(outcome.replaced, ProblemCode.DEVICE_CLOSED);
    if (outcome.crowdedOut !== undefined) {
      devices.close(outcome.crowdedOut.device, ProblemCode.DEVICE_CLOSED);
      await endSession(outcome.crowdedOut.session);
    }
    return true;
  }

  /** Where a device is ahead of what was published, the store knows whether that is another history. */
  #doubt(held: ReadonlyMap<string, Head> | undefined): void {
    for (const { conversation, seq } of held?.values() ?? []) {
      const room = this.#ports.rooms.get(conversation);
      if (room?.loaded === true && seq > room.head) room.stale = true;
    }
  }

  /** What the device lacks after it. Nothing may come in between: no event is published while this runs. */
  #welcome(
    device: Device,
    incarnation: string,
    welcomed: Welcomed,
    held: ReadonlyMap<string, Head> | undefined,
  ): readonly Behind[] {
    const { devices, rooms, subscriptions, arrived } = this.#ports;
    devices.add(device);
    rooms.settle(device.person);
    device.send({ case: "welcome", value: this.#frame(device, incarnation, welcomed) });
    for (const event of welcomed.missed) device.send({ case: "accountEvent", value: event });
    for (const draft of welcomed.drafts) pushDraft(device, draft);
    const behind: Behind[] = [];
    for (const { room } of welcomed.places.toSorted(byActivity)) {
      const since = held?.get(room.id);
      if (since?.seq === room.head && since.tag === room.tag) subscriptions.goLive(device, room);
      else {
        subscriptions.begin(device, room);
        behind.push({ conversation: room.id, room, since });
      }
    }
    for (const { head } of welcomed.former) {
      const since = head && held?.get(head.conversation);
      if (head === undefined || (since?.seq === head.seq && since.tag === head.tag)) continue;
      behind.push({ conversation: head.conversation, room: undefined, since });
    }
    arrived(device);
    return behind;
  }

  #frame(device: Device, incarnation: string, { accountHead, places, former, profiles, preferences }: Welcomed) {
    const { clock, limits } = this.#ports;
    return {
      $typeName: "parley.v1.Welcome" as const,
      account: device.account,
      device: device.id,
      incarnation,
      serverTime: clock.now(),
      accountHead,
      conversations: [...places.map(statusOf), ...former],
      profiles: [...profiles],
      credit: limits.credit,
      heartbeatMs: limits.heartbeatMs,
      privacy: device.person.privacy ?? create(PrivacySchema),
      ...(preferences === undefined ? {} : { preferences }),
    };
  }

  async #catchUp(device: Device, behind: readonly Behind[]): Promise<void> {
    for (const lacking of behind) {
      await this.#drained(device);
      const catchUp = await this.#catchingUp.pass(async () =>
        device.gone ? undefined : this.#catchUps.of(device.person, lacking),
      );
      if (device.gone) return;
      if (catchUp === undefined) throw new Error(`${lacking.conversation} is gone.`);
      device.sendEncoded(catchUp.frame.in(device.socket.encoding));
      if (lacking.room !== undefined) void this.#ports.subscriptions.settle(device, lacking.room, catchUp.to);
    }
  }

  /** A long catch-up is handed over no faster than the device reads, so that it is not taken for a slow one. */
  async #drained(device: Device): Promise<void> {
    while (!device.gone && device.socket.waiting() > HIGH_WATER_BYTES) {
      await new Promise<void>((resolve) => {
        this.#ports.clock.after(DRAIN_CHECK_MS, resolve);
      });
    }
  }

  /** It changes only while no server runs. */
  #readIncarnation(): Promise<string> {
    this.#incarnation ??= this.#ports.reader.incarnation().catch((error: unknown) => {
      this.#incarnation = undefined;
      throw error;
    });
    return this.#incarnation;
  }
}

function giveUp(device: Device): void {
  device.dismiss(ProblemCode.UNAVAILABLE, 1_000);
}

/** The conversation that Hello names first is the one that somebody looks at. */
function wantedFirst(behind: readonly Behind[], { heads }: Hello): readonly Behind[] {
  const wanted = heads[0]?.conversation;
  return behind.toSorted((one, other) => Number(other.conversation === wanted) - Number(one.conversation === wanted));
}

/** What was talked in last is caught up first. */
function byActivity(one: Place, other: Place): number {
  return other.room.activeAt - one.room.activeAt;
}

function statusOf({ room, read }: Place): ConversationStatus {
  const { id: conversation, head: seq, tag, entryHead } = room;
  const head = { $typeName: "parley.v1.Head" as const, conversation, seq, tag };
  return { $typeName: "parley.v1.ConversationStatus", head, entryHead, read };
}
