import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { uuidV7 } from "@parley/protocol";
import type { Statements } from "@parley/server/parts";
import { Coverage } from "./coverage.ts";
import { Device, type DeviceKind, type LostTruth } from "./device/device.ts";
import { clientMutation } from "./mutants/client-mutants.ts";
import type { Mutant } from "./mutants/mutant.ts";
import { mutatedSyncing } from "./mutants/server-mutants.ts";
import { Link } from "./network/link.ts";
import { ServerHost } from "./node/server-host.ts";
import { Storage } from "./node/storage.ts";
import { Inspector } from "./oracle/inspector.ts";
import { Ledger } from "./oracle/ledger.ts";
import { MarkLedger } from "./oracle/mark-ledger.ts";
import { PollStreams } from "./oracle/poll-streams.ts";
import { StoreInspector } from "./oracle/store-inspector.ts";
import { TruthKeeper } from "./oracle/truth-keeper.ts";
import { throwFirst, type Violation } from "./oracle/violation.ts";
import type { Person } from "./person.ts";
import { SeededRandom } from "./random/seeded-random.ts";
import { VirtualTime } from "./time/virtual-time.ts";
import { Trace } from "./trace.ts";
import { Typist } from "./workload/typist.ts";

/** 2026-01-01, so that ids and times look like real ones. */
const START = 1_767_225_600_000;
const NAMES = ["Ada", "Ben", "Cleo", "Dai", "Eve", "Finn", "Gus", "Hana"];

export interface WorldPlan {
  readonly seed: string;
  /** How many devices each person has. */
  readonly devices: readonly number[];
  /** What some of them run, by name; the others have an app of their own. */
  readonly kinds?: Readonly<Record<string, DeviceKind>>;
  readonly mutant: Mutant | undefined;
  /** What strangers begin waits to be accepted. */
  readonly messageRequests?: boolean;
  /** Lines of the trace to keep. */
  readonly keepLines: number;
  /** Compiled once, because that takes longer than many a simulation. */
  readonly statements: Statements;
}

/** A server, people and their devices, on virtual time, with the truth beside them. The same plan is always the same world. */
export class World {
  readonly time = new VirtualTime(START);
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly coverage = new Coverage();
  readonly truth: TruthKeeper;
  readonly people: readonly Person[];
  readonly devices: readonly Device[];
  readonly server: ServerHost;
  readonly typist: Typist;
  readonly inspector: Inspector;
  readonly storeInspector: StoreInspector;
  readonly #folder: string;
  /** What strangers begin waits to be accepted. */
  readonly messageRequests: boolean;
  /** Whether the server's fan-out loses, delays and repeats. */
  unreliable = false;
  #violations: Violation[] = [];

  constructor({ seed, devices, kinds = {}, messageRequests = false, mutant, keepLines, statements }: WorldPlan) {
    this.messageRequests = messageRequests;
    this.truth = new TruthKeeper(new Ledger(), new MarkLedger(), messageRequests);
    this.random = new SeededRandom(seed);
    this.trace = new Trace(() => this.time.now() - START, keepLines);
    this.people = devices.map((_, index) => this.#person(index));
    this.#folder = mkdtempSync(join(memoryFolder(), "parley-simulation-"));
    const storage = new Storage(
      join(this.#folder, "parley.sqlite"),
      this.random.fork("storage"),
      () => this.time.now(),
      mutatedSyncing(mutant),
    );
    const owners = new Map<string, Person>();
    const streams = new PollStreams((violations) => this.report(violations));
    this.server = new ServerHost({
      time: this.time,
      random: this.random.fork("server"),
      trace: this.trace,
      coverage: this.coverage,
      storage,
      truth: this.truth,
      streams,
      people: this.people,
      personOf: (device) => personNamed(owners, device),
      report: (violations) => this.report(violations),
      mutant,
      messageRequests,
      statements,
      unreliable: () => this.unreliable,
    });
    const mutation = clientMutation(mutant);
    this.devices = this.people.flatMap((person, index) =>
      Array.from({ length: devices[index] ?? 0 }, (_, number) => {
        const name = `${person.userName}-${number + 1}`;
        owners.set(name, person);
        const random = this.random.fork(`device ${name}`);
        const { time, coverage, server } = this;
        const link = new Link({ device: name, time, random: random.fork("link"), listener: server, coverage });
        const kind = kinds[name] ?? "app";
        this.coverage.add(`device of kind ${kind}`);
        const parts = { name, kind, person, time, random, link, coverage, mutation, streams };
        return new Device({ ...parts, report: (violations) => this.report(violations) });
      }),
    );
    this.typist = new Typist(this.trace, this.coverage, this.truth.ledger, (violations) => this.report(violations));
    this.inspector = new Inspector(this.truth, this.devices, this.server, () => this.time.now());
    const viewers = this.people.map(({ account }) => account);
    this.storeInspector = new StoreInspector(this.truth, this.random.fork("store inspector"), viewers);
  }

  /** The first device of a person. */
  device(name: string): Device {
    const found = this.devices.find((device) => device.name === name);
    if (found === undefined) throw new Error(`there is no device ${name}`);
    return found;
  }

  /** What the oracle knows at the moment when a device loses its store. */
  readonly lostTruth: LostTruth = {
    isAccepted: (id) => this.truth.ledger.verdictOf(id)?.outcome.case === "accepted",
    era: () => this.truth.era,
  };

  report(violations: readonly Violation[]): void {
    this.#violations.push(...violations);
  }

  /** Starts everything and waits until all are connected; `late` are devices that come later. */
  async begin(late: readonly string[] = []): Promise<void> {
    const early = this.devices.filter(({ name }) => !late.includes(name));
    await this.time.await(this.server.start(), 10_000);
    for (const device of early) device.start();
    const online = (device: Device) => device.owner?.engine.connection.get().kind === "online";
    await this.until(() => early.every(online));
  }

  /** Throws at the first violation. */
  inspectStep = (): void => {
    this.report(this.inspector.drawnScreens());
    throwFirst(this.#violations);
  };

  async inspectEverything(atRest = false): Promise<void> {
    this.report(this.inspector.everything());
    this.report((await this.server.running?.inspect(this.storeInspector, atRest)) ?? []);
    throwFirst(this.#violations);
  }

  /** Lets time pass and looks at every step. */
  run(durationMs: number): Promise<void> {
    return this.time.run(durationMs, this.inspectStep);
  }

  async until(done: () => boolean, limitMs = 60_000): Promise<void> {
    if (!(await this.time.runUntil(done, limitMs, this.inspectStep))) {
      throw new Error(`it did not come about within ${limitMs} ms of virtual time`);
    }
  }

  /** Nothing is wrong any more, and every device runs; the server is for the caller to start. */
  heal(): void {
    this.unreliable = false;
    this.server.storage.heal();
    for (const device of this.devices) device.heal();
  }

  end(): void {
    for (const device of this.devices) device.end();
    this.server.crash(false);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #person(index: number): Person {
    const displayName = NAMES[index] ?? `Person ${index + 1}`;
    const account = uuidV7(START, this.random.bytes(10));
    return { account, userName: displayName.toLowerCase(), displayName };
  }
}

function personNamed(owners: ReadonlyMap<string, Person>, device: string): Person {
  const person = owners.get(device);
  if (person === undefined) throw new Error(`nobody owns ${device}`);
  return person;
}

/** Files that live in memory, where the system has such a place. */
function memoryFolder(): string {
  return process.platform === "linux" ? "/dev/shm" : tmpdir();
}
