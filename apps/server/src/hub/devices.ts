import { ProblemCode } from "@parley/protocol";
import type { Device } from "./device.ts";

/** The devices that have their Welcome, by id and with their persons. */
export class Devices {
  readonly #byId = new Map<string, Device>();
  /** Grows with every device that is closed: what was known of one before does not count after. */
  #closings = 0;

  get closings(): number {
    return this.#closings;
  }

  /** A device has one socket: a new one takes over from the one before. */
  add(device: Device): void {
    this.#byId.get(device.id)?.dismiss(ProblemCode.SUPERSEDED, 0);
    this.#byId.set(device.id, device);
    device.person.devices = [...device.person.devices, device];
  }

  remove(device: Device): void {
    if (this.#byId.get(device.id) === device) this.#byId.delete(device.id);
    device.person.devices = device.person.devices.filter((other) => other !== device);
  }

  /** Ends the connection of a device that was closed, if it is connected. */
  close(id: string, code: ProblemCode): void {
    this.#closings++;
    this.#byId.get(id)?.dismiss(code, 0);
  }
}
