import type { Device } from "../load/device.ts";
import { until } from "../load/until.ts";
import { type EntrancePlan, faultOfEntrance } from "./check-entrance.ts";
import { Guest, Member, type OpenGroup } from "./guest.ts";

export interface Entered {
  /** Until every guest's joining was acknowledged. */
  readonly joinedS: number;
  /** Until every device also held everything that all of them had written. */
  readonly completeS: number;
  /** From when all left at once until all had, and every device held that of it which it may see. */
  readonly leftS: number;
  /** Milliseconds from sending a message to its acknowledgement. */
  readonly toAck: readonly number[];
  /** The same of joining. */
  readonly toJoin: readonly number[];
  /** Copies of events that devices were told, and groups that they were given. */
  readonly deliveries: number;
}

const PATIENCE_MS = 120_000;
/** Whatever is told to who has left comes within this time. */
const SILENCE_MS = 500;
const MS_PER_S = 1_000;

/** All guests join a group in one instant, write as soon as they are in, and leave in one instant once everybody has everything. */
export class Entrance {
  readonly #host: Member;
  readonly #guests: readonly Guest[];
  readonly #messages: number;

  /** @param devices the host's, then those of the guests */
  constructor([host, ...guests]: readonly Device[], messages: number) {
    if (host === undefined) throw new RangeError("Somebody lets the guests in.");
    this.#host = new Member(host);
    this.#guests = guests.map((device) => new Guest(device, messages));
    this.#messages = messages;
  }

  /** @throws Error if a device was not told exactly what it may see, or was refused something */
  async play(group: OpenGroup, head: number): Promise<Entered> {
    const [guests, messages] = [this.#guests, this.#messages];
    const plan: EntrancePlan = { group: group.number, guests: guests.length, messages, head };
    const complete = head + guests.length * (1 + messages);
    this.#host.told = { begun: undefined, events: [] };
    const began = performance.now();
    for (const guest of guests) guest.join(group);
    await this.#until(() => guests.every(({ took }) => took.length > 0), "everybody to be in");
    const joinedS = secondsSince(began);
    const hasAll = (device: Member) => device.head >= complete;
    const isDone = (guest: Guest) => guest.hasWritten && hasAll(guest);
    await this.#until(() => hasAll(this.#host) && guests.every(isDone), "everybody to have everything");
    const completeS = secondsSince(began);
    const leaving = performance.now();
    for (const guest of guests) guest.leave();
    const allGone = () => this.#host.head >= complete + guests.length && guests.every(({ isOut }) => isOut);
    await this.#until(allGone, "everybody to have left");
    const leftS = secondsSince(leaving);
    await Bun.sleep(SILENCE_MS);
    const told = guests.map((guest) => guest.told);
    const fault = this.#failure() ?? faultOfEntrance(plan, this.#host.told, told);
    if (fault !== undefined) throw new Error(fault);
    return {
      joinedS,
      completeS,
      leftS,
      toAck: guests.flatMap(({ took }) => took.slice(1, 1 + messages)),
      toJoin: guests.flatMap(({ took }) => took.slice(0, 1)),
      deliveries: [this.#host.told, ...told].reduce((sum, { events }) => sum + events.length, guests.length),
    };
  }

  async #until(holds: () => boolean, what: string): Promise<void> {
    await until(() => this.#failure() !== undefined || holds(), what, PATIENCE_MS);
    const failure = this.#failure();
    if (failure !== undefined) throw new Error(failure);
  }

  #failure(): string | undefined {
    const everybody = [this.#host, ...this.#guests];
    const closed = everybody.find(({ device }) => device.link.closed !== undefined);
    const failure = everybody.find((each) => each.failure !== undefined)?.failure;
    return failure ?? (closed && `The server closed a socket with ${closed.device.link.closed}.`);
  }
}

function secondsSince(moment: number): number {
  return (performance.now() - moment) / MS_PER_S;
}
