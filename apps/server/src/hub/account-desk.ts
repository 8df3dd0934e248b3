import { type BlockedSet, type PreferenceSet, type Privacy, type Profile, RequestAnswer } from "@parley/protocol";
import type { LogReader } from "../log/log-reader.ts";
import type { FollowerOutcome } from "../log/log-writer.ts";
import type { Devices } from "./devices.ts";
import { REGISTER_URGENCY } from "./mark-desk.ts";
import type { People } from "./people.ts";
import type { Person } from "./person.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

/** Two people are told of each other no more, or again. */
type Apart = (one: Person, other: Person) => void;

/** Tells devices what concerns accounts rather than conversations. */
export class AccountDesk {
  readonly #reader: LogReader;
  readonly #people: People;
  readonly #devices: Devices;
  readonly #rooms: Rooms;
  readonly #apart: Apart;

  constructor(reader: LogReader, people: People, devices: Devices, rooms: Rooms, apart: Apart) {
    this.#apart = apart;
    this.#reader = reader;
    this.#devices = devices;
    this.#people = people;
    this.#rooms = rooms;
  }

  /** Account events go to all devices of their account. */
  publish(written: FollowerOutcome["written"]): void {
    for (const { account, event } of written) {
      const person = this.#people.get(account);
      if (person === undefined) continue;
      person.moves++;
      // What its attendance was read with, its devices were told with their Welcome.
      const attendance = this.#rooms.attendanceOf(person);
      for (const next of attendance?.follow(event) ?? []) {
        for (const device of this.#devices.of(person)) device.send({ case: "accountEvent", value: next });
        if (next.body.case === "blockedSet") this.#blockedChanged(person, next.body.value);
      }
      if (event.body.case === "preferenceSet") this.#answered(person, event.body.value);
      // Who is away may be known by others all the same.
      if (attendance === undefined && event.body.case === "blockedSet") this.#blockedChanged(person, event.body.value);
    }
  }

  #answered(person: Person, { conversation, setting }: PreferenceSet): void {
    if (setting.case !== "requestAnswer" || setting.value !== RequestAnswer.ACCEPTED) return;
    const room = this.#rooms.get(conversation);
    if (room !== undefined) this.accepted(room, person.account);
  }

  /** Somebody accepts a message request, or writes there: its two are told of each other from now on. */
  accepted(room: Room, account: string): void {
    if (!room.accept(account)) return;
    const [one, other] = room.seats;
    if (one !== undefined && other !== undefined) this.#apart(one.person, other.person);
  }

  #blockedChanged(person: Person, { account, blocked }: BlockedSet): void {
    const before = [...(person.blocked ?? [])].filter((known) => known !== account);
    person.blocked = new Set(blocked ? [...before, account] : before);
    for (const room of this.#rooms.of(person)) room.recount(person);
    const other = this.#people.get(account);
    if (other !== undefined) this.#apart(person, other);
  }

  /** What an account keeps to itself goes to its own devices. */
  privacyChanged(person: Person, privacy: Privacy): void {
    person.learnPrivacy(privacy);
    for (const device of this.#devices.of(person)) device.registers.push("privacy", privacy, REGISTER_URGENCY);
  }

  /** A profile goes to everybody who shares a conversation with its account, and to the account itself. */
  async profileChanged(profile: Profile): Promise<void> {
    this.#people.learn(profile);
    const { present } = await this.#reader.attendance(profile.account);
    const told = new Set(this.#devices.of(this.#people.of(profile.account)));
    for (const conversation of present) {
      const room = this.#rooms.get(conversation);
      for (const device of [...(room?.live ?? []), ...(room?.pending.keys() ?? [])]) told.add(device);
    }
    for (const device of told) device.registers.push(`profile/${profile.account}`, profile, REGISTER_URGENCY);
  }
}
