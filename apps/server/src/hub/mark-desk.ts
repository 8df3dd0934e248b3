import type { MarkUpdate, MemberMark, ReadState } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import { marksTold } from "../log/member-marks.ts";
import type { Attendance } from "./attendance.ts";
import { CountingMarks } from "./counting-marks.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import type { MarkWriter } from "./mark-writer.ts";
import type { Urgency } from "./outlet.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import type { Seat } from "./seat.ts";
import type { SummaryDesk } from "./summary-desk.ts";
import type { Tallies } from "./tallies.ts";

/** At most one frame of registers per device and second. */
export const REGISTER_URGENCY: Urgency = { gapMs: 1_000, expiresAt: Number.POSITIVE_INFINITY };

export interface MarkDeskPorts {
  readonly reader: LogReader;
  readonly writer: MarkWriter;
  readonly people: People;
  readonly devices: Devices;
  readonly rooms: Rooms;
  readonly tallies: Tallies;
  readonly summaries: SummaryDesk;
}

/** Takes marks, stores them, and tells those whom they concern. */
export class MarkDesk {
  readonly #ports: MarkDeskPorts;
  readonly #counting = new CountingMarks((account, conversation) => this.#readState(account, conversation));

  constructor(ports: MarkDeskPorts) {
    this.#ports = ports;
  }

  /**
   * The marks as they are stored now; undefined if the account may not see the conversation.
   *
   * @param from the device that sent the mark: it is answered even if nothing changed
   */
  async mark(account: string, update: MarkUpdate, from: Device | undefined): Promise<ReadState | undefined> {
    const { people, rooms, writer } = this.#ports;
    const { conversation, delivered, read } = update;
    const outcome = await writer.write(account, { conversation, delivered, read });
    if (outcome === undefined) return undefined;
    const person = people.get(account);
    const room = rooms.get(conversation);
    if (person !== undefined) room?.mergeMarks(person, outcome);
    const { state, outrun } = await this.#counting.count(account, conversation, outcome);
    if (state === undefined) return undefined;
    if (!outrun) this.#tellOwnDevices(person, state, outcome.changed ? undefined : from);
    if (outcome.told && person !== undefined && room !== undefined) this.#tellMembers(person, room);
    return state;
  }

  /** Counted in memory where the room and the account are known, else in the store. */
  async #readState(account: string, conversation: string): Promise<ReadState | undefined> {
    const { people, rooms, tallies, reader } = this.#ports;
    const person = people.get(account);
    const room = rooms.get(conversation);
    const seat = person === undefined ? undefined : room?.seat(person);
    if (person !== undefined && room !== undefined && seat?.present === true && !room.stale) {
      if (room.unread(seat) === undefined) await tallies.reach(room, seat);
      const state = readStateOf(rooms.attendanceOf(person), room, seat);
      if (state !== undefined) return state;
    }
    return reader.readState(account, conversation);
  }

  #tellOwnDevices(person: Person | undefined, state: ReadState, only: Device | undefined): void {
    const all = person === undefined ? [] : this.#ports.devices.of(person);
    const devices = only === undefined ? all : [only];
    for (const device of devices) device.registers.push(`own/${state.conversation}`, state, REGISTER_URGENCY);
  }

  #tellMembers(person: Person, room: Room): void {
    if (!room.small) {
      this.#ports.summaries.schedule(room);
      return;
    }
    const seat = room.seat(person);
    if (seat === undefined) return;
    const key = `of/${room.id}/${person.account}`;
    const mark = memberMark(room, seat, false);
    for (const device of [...room.live, ...room.pending.keys()]) {
      if (device.person === person) continue;
      device.registers.push(key, mark, REGISTER_URGENCY);
    }
  }
}

/** The marks of a member as it is told them itself; undefined if what is unread cannot be counted in memory. */
export function readStateOf(attendance: Attendance | undefined, room: Room, seat: Seat): ReadState | undefined {
  const unread = room.unread(seat);
  if (attendance === undefined || unread === undefined || attendance.hides(room, seat.read)) return undefined;
  const { delivered, read, mentions } = seat;
  const asOf = { asOf: room.head, accountAsOf: attendance.accountHead };
  return { $typeName: "parley.v1.ReadState", conversation: room.id, delivered, read, unread, mentions, ...asOf };
}

/** The marks of a member as another one is told them. @param blind whether that one is not told what others have read */
export function memberMark(room: Room, seat: Seat, blind: boolean): MemberMark {
  const { account } = seat.person;
  const { delivered, read } = marksTold(seat, blind);
  return { $typeName: "parley.v1.MemberMark", conversation: room.id, account, delivered, read };
}
