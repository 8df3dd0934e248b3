import { systemClock } from "@parley/cli/ports";
import type { Clock } from "@parley/client";
import { type Command, HistoryPolicy } from "@parley/protocol";
import {
  createGroup,
  freshId,
  type Inhabitant,
  RawDevice,
  type ServerProcessOptions,
  setTimer,
  settle,
} from "@parley/rig";
import type { SeededRandom } from "@parley/simulation";
import type { Violation } from "@parley/simulation/oracle";
import { checkHistory } from "../checker/check-history.ts";
import { Crowd } from "../crowd/crowd.ts";
import { Device } from "../crowd/device.ts";
import { Recorder } from "../history/recorder.ts";
import { askUnanswered, sendAgain } from "./asker.ts";
import { until } from "./patience.ts";
import { readEverything } from "./reader.ts";
import { caughtUp, settled, showEverything } from "./rest.ts";
import { ServerHost } from "./server-host.ts";
import { storedAccounts } from "./stored-accounts.ts";
import { storedEvents, untold } from "./stored-events.ts";

const BEGUN_WITHIN_MS = 30_000;
const SETTLED_WITHIN_MS = 90_000;
const COPIES_PER_ACCOUNT = 100;
const WINDOWS_PER_CONVERSATION = 4;

export interface StageOptions {
  readonly random: SeededRandom;
  /** Empty, or absent before. */
  readonly folder: string;
  readonly people?: number;
  readonly devicesEach?: number;
  /** Of all people together. */
  readonly actionsPerSecond?: number;
  /** Whether people schedule messages and set reminders, as they do unless told otherwise. */
  readonly schedules?: boolean;
  /** The latest time that the server's clock has shown; of the machine's own if absent. */
  readonly latest?: () => number;
  readonly server?: ServerProcessOptions;
  /** The clock of a device, by its name; the machine's own if absent. */
  readonly clockOf?: (device: string) => Clock;
  /** Where a device connects to; the server itself, unless something stands between. */
  readonly addressOf?: (device: Device, serverUrl: string) => string;
}

/** A real server, people at work on many real devices, and everything that is seen of it written down. */
export class Stage {
  readonly random: SeededRandom;
  readonly server: ServerHost;
  readonly people: readonly Inhabitant[];
  readonly devices: readonly Device[];
  readonly recorder: Recorder;
  readonly crowd: Crowd;
  readonly #addressOf: (device: Device, serverUrl: string) => string;
  readonly #latest: () => number;

  private constructor(options: StageOptions, people: readonly Inhabitant[]) {
    const { random, folder, actionsPerSecond = 150, schedules = true } = options;
    this.random = random;
    this.people = people;
    this.server = new ServerHost(folder, options.server);
    this.recorder = new Recorder(new Map(people.map(({ account, userName }) => [account, userName])));
    this.devices = people.flatMap((person) => devicesOf(person, this.recorder, options));
    const { devices } = this;
    this.crowd = new Crowd({ random: random.fork("crowd"), devices, actionsPerSecond, schedules });
    this.#addressOf = options.addressOf ?? ((_, url) => url);
    this.#latest = options.latest ?? Date.now;
  }

  /** The server runs; nobody is connected yet. */
  static async open(options: StageOptions): Promise<Stage> {
    const { folder, people: accounts = 6, devicesEach = 2 } = options;
    // One session of each person is for reading everything at the end.
    const settlement = await settle({ folder, accounts, sessionsPerAccount: devicesEach + 1 });
    await settlement.close();
    const stage = new Stage(options, settlement.people);
    await stage.server.start();
    return stage;
  }

  /** Everybody comes online, and begins the first conversations. */
  async begin(): Promise<void> {
    for (const device of this.devices) this.start(device);
    this.crowd.begin();
    await this.#foundArchive();
    const listed = (device: Device) => device.run?.engine.conversations.get().conversations ?? [];
    const ready = () => this.devices.every((device) => listed(device).some(({ kind }) => kind === "group"));
    await until(ready, BEGUN_WITHIN_MS, () => "not everybody is in the first group");
  }

  start(device: Device): void {
    device.start(this.#addressOf(device, this.server.url));
  }

  /** The work ends, all that was broken works again, and everything comes to rest; then everything is looked at. What should not be. */
  async judge(): Promise<Violation[]> {
    this.crowd.rest();
    await this.server.start();
    this.server.thaw();
    for (const device of this.devices) this.start(device);
    await settled(this.devices, SETTLED_WITHIN_MS);
    await this.#ask();
    const known = new Set(this.devices.flatMap(({ recorder }) => recorder.submitted.map(({ log }) => log)));
    for (const person of this.people) {
      const reading = await readEverything(this.server.url, spareToken(person), person.account, known);
      this.recorder.read(reading);
      const own = this.devices.filter(({ account }) => account === person.account);
      await caughtUp(own, reading);
      for (const device of own) await showEverything(device, WINDOWS_PER_CONVERSATION, reading);
    }
    const kept = await storedAccounts(this.server.folder, this.recorder.history.accounts, this.#latest());
    this.recorder.store(untold(storedEvents(this.server.folder)), kept);
    return checkHistory(this.recorder.history);
  }

  async close(): Promise<void> {
    this.crowd.rest();
    for (const device of this.devices) device.kill();
    await this.server.kill();
  }

  /** A group whose later members see everything. Engines do not begin such groups, so a call does. */
  async #foundArchive(): Promise<void> {
    const [founder, ...others] = this.people;
    if (founder === undefined) return;
    const members = others.slice(0, others.length / 2).map(({ account }) => account);
    await this.#submit(founder, [createGroup(freshId(), members, HistoryPolicy.ALL)]);
  }

  /** A group of all, whose messages disappear so long after they were read. */
  async foundBrief(seconds: number): Promise<string> {
    const [founder, ...others] = this.people;
    const log = freshId();
    const members = others.map(({ account }) => account);
    if (founder !== undefined) await this.#submit(founder, [createGroup(log, members), setTimer(log, seconds)]);
    return log;
  }

  async #submit(person: Inhabitant, commands: readonly Command[]): Promise<void> {
    const device = new RawDevice(this.server.url, spareToken(person));
    await device.hello();
    const recorder = this.recorder.device("the founder", person.account);
    for (const command of commands) recorder.submit(command);
    for (const answer of await device.submit(commands)) this.recorder.tell(person.account, answer);
    device.close();
  }

  async #ask(): Promise<void> {
    for (const person of this.people) {
      const device = new RawDevice(this.server.url, spareToken(person));
      await device.hello();
      await askUnanswered(device, person.account, this.recorder);
      await sendAgain(device, person.account, COPIES_PER_ACCOUNT, this.recorder, this.random.fork(person.userName));
      device.close();
    }
  }
}

function devicesOf(
  { account, userName, tokens }: Inhabitant,
  recorder: Recorder,
  { devicesEach = 2, clockOf = () => systemClock }: StageOptions,
): Device[] {
  return tokens.slice(0, devicesEach).map((token, index) => {
    const name = `${userName} ${index + 1}`;
    return new Device({ name, userName, token, recorder: recorder.device(name, account), clock: clockOf(name) });
  });
}

function spareToken({ tokens }: Inhabitant): string {
  return tokens.at(-1) ?? "";
}
