import { ProblemCode } from "@parley/protocol";
import type { Device } from "./device.ts";

/** The devices connected to this node, by id and by account. */
export class Devices {
  readonly #byId = new Map<string, Device>();
  readonly #byAccount = new Map<string, Set<Device>>();

  /** A device has one socket: a new one takes over from the one before. */
  add(device: Device): void {
    this.#byId.get(device.id)?.dismiss(ProblemCode.SUPERSEDED, 0);
    this.#byId.set(device.id, device);
    const siblings = this.#byAccount.get(device.account) ?? new Set();
    siblings.add(device);
    this.#byAccount.set(device.account, siblings);
  }

  remove(device: Device): void {
    if (this.#byId.get(device.id) === device) this.#byId.delete(device.id);
    const siblings = this.#byAccount.get(device.account);
    if (siblings?.delete(device) && siblings.size === 0) this.#byAccount.delete(device.account);
  }

  byId(id: string): Device | undefined {
    return this.#byId.get(id);
  }

  of(account: string): Iterable<Device> {
    return this.#byAccount.get(account) ?? [];
  }
}
