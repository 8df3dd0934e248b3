import type { Profile } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { FollowerOutcome } from "../log/log-writer.ts";
import type { Devices } from "./devices.ts";
import { REGISTER_URGENCY } from "./mark-desk.ts";
import type { Rooms } from "./rooms.ts";

/** Tells devices what concerns accounts rather than conversations. */
export class AccountDesk {
  readonly #reader: LogReader;
  readonly #devices: Devices;
  readonly #rooms: Rooms;

  constructor(reader: LogReader, devices: Devices, rooms: Rooms) {
    this.#reader = reader;
    this.#devices = devices;
    this.#rooms = rooms;
  }

  /** Account events go to all devices of their account. */
  publish(written: FollowerOutcome["written"]): void {
    for (const { account, event } of written) {
      for (const device of this.#devices.of(account)) device.sendAccountEvent(event);
    }
  }

  /** A profile goes to everybody who shares a conversation with its account, and to the account itself. */
  async profileChanged(profile: Profile): Promise<void> {
    const told = new Set(this.#devices.of(profile.account));
    for (const conversation of await this.#reader.memberships(profile.account)) {
      for (const device of this.#rooms.get(conversation)?.devices() ?? []) told.add(device);
    }
    for (const device of told) device.registers.push(`profile/${profile.account}`, profile, REGISTER_URGENCY);
  }
}
