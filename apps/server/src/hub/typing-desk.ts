import { create } from "@bufbuild/protobuf";
import { limits, TypingSchema, type TypingUpdate } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Device } from "./device.ts";
import { areApart } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Least time between two frames of signals for one device, where few people take part. */
const SMALL_GAP_MS = 100;
/** The same in large conversations. */
const LARGE_GAP_MS = 1_000;

function signalGapMs(room: Room): number {
  return room.small ? SMALL_GAP_MS : LARGE_GAP_MS;
}

/** Passes on who types. Nothing is kept: the lease runs out at the receivers. */
export class TypingDesk {
  readonly #rooms: Rooms;
  readonly #clock: Clock;

  constructor(rooms: Rooms, clock: Clock) {
    this.#rooms = rooms;
    this.#clock = clock;
  }

  /** Ignored from a device that does not take part in the conversation. */
  type(from: Device, { conversation, active }: TypingUpdate): void {
    const room = this.#rooms.get(conversation);
    if (!room?.isLive(from) || room.waits) return;
    const typing = create(TypingSchema, { conversation, account: from.account, active });
    const urgency = { gapMs: signalGapMs(room), expiresAt: this.#clock.elapsed() + limits.typingLeaseMs };
    for (const device of room.live) {
      if (device.person === from.person || areApart(device.person, from.person)) continue;
      device.signals.push(`typing/${conversation}/${from.account}`, typing, urgency);
    }
  }
}
