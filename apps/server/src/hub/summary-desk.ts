import { create, equals } from "@bufbuild/protobuf";
import { type MarkSummary, MarkSummarySchema } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import { marksTold } from "../log/member-marks.ts";
import type { Device } from "./device.ts";
import { Latecomers } from "./latecomers.ts";
import type { Urgency } from "./outlet.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Seat } from "./seat.ts";
import { Standing } from "./standing.ts";
import type { Tallies } from "./tallies.ts";

/** Marks that arrive within this time are summed up together, so that an author hears at most once a second. */
const GATHER_MS = 1_000;
const SUMMARY_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

/** Tells authors in large conversations how far the others have come, in one frame instead of one per member. */
export class SummaryDesk {
  readonly #rooms: Rooms;
  readonly #tallies: Tallies;
  readonly #clock: Clock;
  readonly #scheduled = new Set<Room>();
  /** What each device was told last, by conversation, so that nothing is told twice. */
  readonly #told = new WeakMap<Device, Map<string, MarkSummary>>();

  constructor(rooms: Rooms, tallies: Tallies, clock: Clock) {
    this.#rooms = rooms;
    this.#tallies = tallies;
    this.#clock = clock;
  }

  schedule(room: Room): void {
    if (this.#scheduled.has(room)) return;
    this.#scheduled.add(room);
    this.#clock.after(GATHER_MS, () => {
      this.#scheduled.delete(room);
      // What cannot be read now is told with the next mark.
      this.#tell(room).catch(() => undefined);
    });
  }

  async #tell(room: Room): Promise<void> {
    await this.#rooms.ready([room]);
    await this.#tallies.findNewest(room);
    const present = room.seats.filter((seat) => seat.present);
    const standing = new Standing(present.map((seat) => marksTold(seat, false)));
    const latecomers = new Latecomers(present);
    for (const device of room.live) {
      const seat = room.seat(device.person);
      if (seat?.newest) this.#tellDevice(device, summaryFor(room, seat, seat.newest, standing, latecomers));
    }
  }

  #tellDevice(device: Device, summary: MarkSummary): void {
    const told = this.#told.get(device) ?? new Map<string, MarkSummary>();
    const before = told.get(summary.conversation);
    if (before !== undefined && equals(MarkSummarySchema, before, summary)) return;
    told.set(summary.conversation, summary);
    this.#told.set(device, told);
    device.registers.push(`sum/${summary.conversation}`, summary, SUMMARY_URGENCY);
  }
}

function summaryFor(room: Room, seat: Seat, latest: number, standing: Standing, latecomers: Latecomers): MarkSummary {
  const others = standing.without(marksTold(seat, false), latest);
  const latecoming = latecomers.beyond(latest, seat);
  return create(MarkSummarySchema, {
    conversation: room.id,
    deliveredByAll: others.deliveredByAll,
    readByAll: seat.person.blind ? 0 : others.readByAll,
    latest,
    latestDelivered: others.delivered - latecoming.delivered,
    latestRead: seat.person.blind ? 0 : others.read - latecoming.read,
  });
}
