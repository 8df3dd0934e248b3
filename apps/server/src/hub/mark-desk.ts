import type { MarkUpdate, ReadState } from "@parley/protocol";
import type { MarkOutcome } from "../log/log-writer.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import type { MarkWriter } from "./mark-writer.ts";
import type { Urgency } from "./outlet.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { SummaryDesk } from "./summary-desk.ts";

/** At most one frame of registers per device and second. */
export const REGISTER_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

export interface MarkDeskPorts {
  readonly writer: MarkWriter;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly summaries: SummaryDesk;
}

/** Takes marks, stores them, and tells those whom they concern. */
export class MarkDesk {
  readonly #ports: MarkDeskPorts;

  constructor(ports: MarkDeskPorts) {
    this.#ports = ports;
  }

  /**
   * The marks as they are stored now; undefined if the account may not see the conversation.
   *
   * @param from the device that sent the mark: it is answered even if nothing changed
   */
  async mark(account: string, update: MarkUpdate, from: Device | undefined): Promise<ReadState | undefined> {
    const { conversation, delivered, read } = update;
    const outcome = await this.#ports.writer.write(account, { conversation, delivered, read });
    if (outcome === undefined) return undefined;
    this.#tellOwnDevices(account, outcome, from);
    if (outcome.changed) this.#tellMembers(account, outcome.state);
    return outcome.state;
  }

  /** Sends a device the others' marks in its conversations, which may have moved while it was away. */
  async resend(device: Device): Promise<void> {
    for (const conversation of [...device.conversations]) {
      const room = this.#ports.rooms.get(conversation);
      if (room === undefined) continue;
      await this.#ports.rooms.loadMarks(room);
      if (device.gone) return;
      if (!room.small) this.#ports.summaries.schedule(room);
      for (const member of room.small ? room.members : []) {
        if (member !== device.account) pushMark(device, room, member);
      }
    }
  }

  #tellOwnDevices(account: string, { state, changed }: MarkOutcome, from: Device | undefined): void {
    const devices = changed || from === undefined ? this.#ports.devices.of(account) : [from];
    for (const device of devices) device.registers.push(`own/${state.conversation}`, state, REGISTER_URGENCY);
  }

  #tellMembers(account: string, { conversation, delivered, read }: ReadState): void {
    const room = this.#ports.rooms.get(conversation);
    if (room === undefined) return;
    room.mergeMarks(account, { delivered, read });
    if (!room.small) {
      this.#ports.summaries.schedule(room);
      return;
    }
    for (const device of room.devices()) {
      if (device.account !== account) pushMark(device, room, account);
    }
  }
}

function pushMark(device: Device, room: Room, account: string): void {
  const mark = room.memberMark(account);
  if (mark !== undefined) device.registers.push(`of/${room.id}/${account}`, mark, REGISTER_URGENCY);
}
