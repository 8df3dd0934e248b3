import { type Draft, type DraftUpdate, ProblemCode } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter, PublishedEvent, WrittenDraft } from "../log/log-writer.ts";
import type { Attendance } from "./attendance.ts";
import type { Device } from "./device.ts";
import type { Devices } from "./devices.ts";
import { REGISTER_URGENCY } from "./mark-desk.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import type { Rooms } from "./rooms.ts";

export interface DraftDeskPorts {
  readonly reader: LogReader;
  readonly writer: LogWriter;
  readonly people: People;
  readonly devices: Devices;
  readonly rooms: Rooms;
}

/**
 * Takes drafts, stores them, and tells the devices of their account. A device says in Hello which version it was told last, so all are told in the order of
 * their versions: where one comes early, what lies before it is read.
 */
export class DraftDesk {
  readonly #ports: DraftDeskPorts;

  constructor(ports: DraftDeskPorts) {
    this.#ports = ports;
  }

  async write(from: Device, { conversation, text, base }: DraftUpdate): Promise<void> {
    const request = { conversation, text, base, device: from.id };
    const outcome = await this.#ports.writer.draft(from.account, request);
    if (outcome === undefined) return;
    if (outcome.kind === "written") return this.#tell(from.person, outcome);
    // It may be told of what others were not told of yet.
    await this.#catchUp(from.person, outcome.draft.version);
    pushDraft(from, outcome.draft);
  }

  /** What posts and partings have emptied. */
  published(events: readonly PublishedEvent[]): void {
    for (const { emptied } of events) {
      for (const written of emptied ?? []) {
        const person = this.#ports.people.get(written.account);
        if (person !== undefined) void this.#tell(person, written);
      }
    }
  }

  async #tell(person: Person, { draft, after }: WrittenDraft): Promise<void> {
    const attendance = this.#ports.rooms.attendanceOf(person);
    // What is being read of it now does not count.
    if (attendance === undefined) person.moves++;
    else if (after <= attendance.draftHead) this.#tellDevices(person, attendance, draft);
    else await this.#catchUp(person, draft.version);
  }

  /** Tells what was stored since the last draft that was told, up to a version at least. */
  async #catchUp(person: Person, version: number): Promise<void> {
    const { reader, rooms, devices } = this.#ports;
    const from = rooms.attendanceOf(person)?.draftHead;
    if (from === undefined || from >= version) return;
    try {
      const drafts = await reader.drafts(person.account, from);
      const attendance = rooms.attendanceOf(person);
      if (attendance === undefined) return;
      for (const draft of drafts) this.#tellDevices(person, attendance, draft);
    } catch {
      // They come back and are told what they lack.
      for (const device of devices.of(person)) device.dismiss(ProblemCode.UNAVAILABLE, 1_000);
    }
  }

  #tellDevices(person: Person, attendance: Attendance, draft: Draft): void {
    if (draft.version <= attendance.draftHead) return;
    attendance.draftHead = draft.version;
    for (const device of this.#ports.devices.of(person)) pushDraft(device, draft);
  }
}

/** The newest of a conversation leaves with others in the order of their versions; an answer that was read before it does not take its place. */
export function pushDraft({ registers }: Pick<Device, "registers">, draft: Draft): void {
  const key = `draft/${draft.conversation}`;
  const waits = registers.waiting(key);
  if (waits?.$typeName === "parley.v1.Draft" && waits.version > draft.version) return;
  registers.push(key, draft, REGISTER_URGENCY);
}
