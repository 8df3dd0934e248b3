import { ProblemCode } from "@parley/protocol";
import type { Device } from "./device.ts";
import type { Person } from "./person.ts";

const none: readonly Device[] = [];

/** So many of the last closings can be told apart. */
const REMEMBERED_CLOSINGS = 1_000;

/** The devices that have their Welcome, by id and with their persons. */
export class Devices {
  readonly #byId = new Map<string, Device>();
  readonly #byPerson = new Map<Person, readonly Device[]>();
  /** Grows with every device that is closed. */
  #closings = 0;
  /** The devices that were closed last, the newest at the end. */
  readonly #lastClosed: string[] = [];

  get closings(): number {
    return this.#closings;
  }

  /**
   * Whether a device may have been closed since so many had been: then what was known of it does not count any more. That others are
   * closed all the time says nothing.
   */
  mayBeClosed(id: string, since: number): boolean {
    const fresh = this.#closings - since;
    if (fresh > this.#lastClosed.length) return true;
    return this.#lastClosed.indexOf(id, this.#lastClosed.length - fresh) >= 0;
  }

  /** A device has one socket: a new one takes over from the one before. */
  add(device: Device): void {
    this.#byId.get(device.id)?.dismiss(ProblemCode.SUPERSEDED, 0);
    this.#byId.set(device.id, device);
    this.#byPerson.set(device.person, [...this.of(device.person), device]);
  }

  of(person: Person): readonly Device[] {
    return this.#byPerson.get(person) ?? none;
  }

  remove(device: Device): void {
    if (this.#byId.get(device.id) === device) this.#byId.delete(device.id);
    const others = this.of(device.person).filter((other) => other !== device);
    if (others.length > 0) this.#byPerson.set(device.person, others);
    else this.#byPerson.delete(device.person);
  }

  /** Ends the connection of a device that was closed, if it is connected. */
  close(id: string, code: ProblemCode): void {
    this.#closings++;
    this.#lastClosed.push(id);
    if (this.#lastClosed.length > REMEMBERED_CLOSINGS) this.#lastClosed.shift();
    this.#byId.get(id)?.dismiss(code, 0);
  }
}
