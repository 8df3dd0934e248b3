import { CrowdDevice, type CrowdTally, type CrowdTarget, framesOf } from "./crowd-device.ts";
import type { CrowdMember } from "./crowd-member.ts";

/** How long the crowd took. */
export interface CrowdReport {
  readonly devices: number;
  /** Devices that were not in sync when the time was up. */
  readonly missing: number;
  /** When each device was in sync, milliseconds after the moment asked about, ascending. */
  readonly inSyncAfterMs: readonly number[];
  readonly attempts: number;
  readonly failures: number;
  readonly bytes: number;
  readonly messages: readonly (readonly [firstByte: number, count: number])[];
  readonly refusals: readonly (readonly [code: number, count: number])[];
}

const LOOK_EVERY_MS = 10;
/** The frames of one device in so many are kept, to be looked into afterwards. */
const KEEP_EVERY = 100;
/** Every device pings once in this time, spread evenly. */
const HEARTBEAT_MS = 30_000;
const BEATS = 300;

/** Thousands of devices on connections of their own. */
export class Crowd {
  readonly #devices: readonly CrowdDevice[];
  readonly #tally: CrowdTally = { attempts: 0, failures: 0, bytes: 0, messages: new Map(), refusals: new Map() };
  #beat = 0;

  constructor(members: readonly CrowdMember[], target: CrowdTarget, ping: Uint8Array) {
    this.#devices = members.map(({ token, missed, upToDate, wasAway }) => {
      const frames = framesOf(Buffer.from(upToDate, "base64"), Buffer.from(wasAway, "base64"), ping);
      return new CrowdDevice(token, missed, frames, target, this.#tally);
    });
    for (let index = 0; index < this.#devices.length; index += KEEP_EVERY) this.#keep(this.#devices[index]);
    setInterval(() => this.#heartbeat(), HEARTBEAT_MS / BEATS);
  }

  /** Connects one after the other, at a pace that leaves the server at ease. */
  async arrive(perSecond: number): Promise<void> {
    const begun = performance.now();
    for (const [index, device] of this.#devices.entries()) {
      const early = begun + (index * 1_000) / perSecond - performance.now();
      if (early > 0) await Bun.sleep(early);
      device.arrive();
    }
  }

  cut(): void {
    for (const device of this.#devices) device.cut();
  }

  comeBack(): void {
    for (const device of this.#devices) device.comeBack();
  }

  forgetTally(): void {
    Object.assign(this.#tally, { attempts: 0, failures: 0, bytes: 0 });
    this.#tally.messages.clear();
    this.#tally.refusals.clear();
  }

  /** Waits until every device has come to be in sync after that moment, but not beyond another one (milliseconds since 1970). */
  async inSyncSince(moment: number, until: number): Promise<CrowdReport> {
    const here = (device: CrowdDevice) => device.inSync && device.inSyncAt >= moment;
    while (Date.now() < until && !this.#devices.every(here)) await Bun.sleep(LOOK_EVERY_MS);
    const arrived = this.#devices.filter(here);
    const { attempts, failures, bytes, messages, refusals } = this.#tally;
    return {
      devices: this.#devices.length,
      missing: this.#devices.length - arrived.length,
      inSyncAfterMs: arrived.map(({ inSyncAt }) => inSyncAt - moment).sort((one, other) => one - other),
      attempts,
      failures,
      bytes,
      messages: [...messages],
      refusals: [...refusals],
    };
  }

  /** What some of the devices got from their last Hello until they were in sync: the member's number and its frames in base64. */
  kept(): (readonly [member: number, frames: readonly string[]])[] {
    return this.#devices.flatMap(({ kept }, index) =>
      kept === undefined ? [] : [[index, kept.map((frame) => Buffer.from(frame).toString("base64"))] as const],
    );
  }

  #keep(device: CrowdDevice | undefined): void {
    if (device !== undefined) device.kept = [];
  }

  #heartbeat(): void {
    for (let index = this.#beat; index < this.#devices.length; index += BEATS) this.#devices[index]?.heartbeat();
    this.#beat = (this.#beat + 1) % BEATS;
  }
}
