import { create } from "@bufbuild/protobuf";
import { type Answer, MarkUpdateSchema, type Submit, uuidV7 } from "@parley/protocol";
import {
  beginIncarnation,
  Connections,
  composeWriter,
  connectionLimits,
  Doorkeeper,
  DueLoop,
  ensureIncarnation,
  GroupCommitter,
  Hub,
  type LogReader,
  type LogWriter,
  migrate,
  openReader,
  type Socket,
  SqliteConnection,
  SqlLogSnapshot,
  SqlSnapshots,
  SqlTransactor,
  type Statements,
  SubmissionGate,
  type Submitter,
  sqliteDialect,
  Turns,
} from "@parley/server/parts";
import type { Coverage } from "../coverage.ts";
import type { Mutant } from "../mutants/mutant.ts";
import {
  mutatedCollaborators,
  mutatedHubReader,
  mutatedPrivacy,
  mutatedPublication,
  mutatedSight,
  mutatedTransactor,
} from "../mutants/server-mutants.ts";
import type { Connection } from "../network/connection.ts";
import type { Exchange } from "../network/exchange.ts";
import type { PollStreams } from "../oracle/poll-streams.ts";
import type { PrivacyChange } from "../oracle/secrets.ts";
import type { StoreInspector } from "../oracle/store-inspector.ts";
import type { TruthKeeper } from "../oracle/truth-keeper.ts";
import type { Violation } from "../oracle/violation.ts";
import type { Person } from "../person.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import type { Trace } from "../trace.ts";
import { encodingOf } from "./encoding-of.ts";
import { FaultyConnection } from "./faulty-connection.ts";
import { FaultyTopics } from "./faulty-topics.ts";
import { HttpFront } from "./http-front.ts";
import { puttingOff } from "./putting-off.ts";
import { recordingWriter } from "./recording-writer.ts";
import { sessionOf } from "./session-of.ts";
import type { Storage } from "./storage.ts";
import { watchedSocket } from "./watched-socket.ts";

/** How often followers look for work beside what commits tell them. */
const FOLLOW_EVERY_MS = 1_000;
const DRAIN_MS = 100;
const COME_BACK_AFTER_MS = 500;
/** Both ways of handing out are for few devices here. */
/** So few that some are always left to be done later. */
const UNFOLLOWED_AT_ONCE = 1;
const FAN_OUT = { directUpTo: 2, spacingMs: 5 };
/** A socket that has more than this under way does not take another frame. */
const SOCKET_CAPACITY_BYTES = 256 * 1024;

export interface ServerProcessParts {
  readonly number: number;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly trace: Trace;
  readonly coverage: Coverage;
  readonly storage: Storage;
  readonly statements: Statements;
  readonly truth: TruthKeeper;
  readonly streams: PollStreams;
  /** Who is signed in on a device. */
  readonly personOf: (device: string) => Person;
  readonly people: readonly Person[];
  readonly mutant: Mutant | undefined;
  /** What strangers begin waits to be accepted. */
  readonly messageRequests: boolean;
  /** Whether fan-out loses, delays and repeats. */
  readonly unreliable: () => boolean;
  readonly report: (violations: readonly Violation[]) => void;
}

interface Services {
  readonly writer: LogWriter;
  readonly reader: LogReader;
  readonly submitter: Submitter;
  readonly connections: Connections;
  readonly hub: Hub;
  readonly http: HttpFront;
}

/** One life of the server: the real core and hub on the real SQLite adapter, over a disk and sockets that fail. */
export class ServerProcess {
  readonly process: Process;
  readonly #parts: ServerProcessParts;
  readonly #random: SeededRandom;
  readonly #accepted = new Set<Connection>();
  #services: Services | undefined;

  constructor(parts: ServerProcessParts) {
    this.#parts = parts;
    this.process = new Process(`server#${parts.number}`, parts.time);
    this.#random = parts.random.fork(this.process.name);
  }

  /** The reader of this process; undefined until it serves. */
  get reader(): LogReader | undefined {
    return this.#services?.reader;
  }

  /**
   * Opens the store and serves.
   *
   * @param restoredFrom the moment of the truth that the data was set back to, if it was
   */
  async open(restoredFrom: Restored | undefined): Promise<void> {
    const { storage, statements, truth, people, mutant, messageRequests, trace, report } = this.#parts;
    const onCommit = async (snapshot: SqlLogSnapshot, heads: ReadonlyMap<string, number>) =>
      report(await truth.follow(snapshot, heads));
    const connection = new FaultyConnection(this.process, storage, this.#random.fork("writer"), statements, onCommit);
    // With chances of its own: one more migration does not change what happens in every case.
    const migrations = this.#random.fork("migrations");
    await migrate(new FaultyConnection(this.process, storage, migrations, statements, undefined), sqliteDialect());
    const clock = { now: () => this.#now() };
    const transactor = mutatedTransactor(mutant, new SqlTransactor(connection, statements, new Turns()), clock);
    await ensureIncarnation(transactor, () => this.#mintId());
    if (restoredFrom?.announced) await beginIncarnation(transactor, () => this.#mintId());
    const [snapshot, heads] = connection.truth();
    if (restoredFrom === undefined) report(await truth.verify(snapshot, heads));
    else await truth.rewind(snapshot, heads, restoredFrom.commits);
    const writer = recordingWriter(
      composeWriter({
        transactor,
        clock,
        unfollowedAtOnce: UNFOLLOWED_AT_ONCE,
        messageRequests,
        ...mutatedCollaborators(mutant, clock),
      }),
      truth,
      trace,
      report,
    );
    for (const { account, userName, displayName } of people) await writer.putProfile(account, userName, displayName);
    const lanes = ["reader 1", "reader 2"].map((name) => ({
      connection: new FaultyConnection(this.process, storage, this.#random.fork(name), statements, undefined),
      turns: new Turns(),
    }));
    const reader = openReader(new SqlSnapshots(lanes, statements), mutatedSight(mutant));
    this.#serve(writer, reader);
  }

  #serve(writer: LogWriter, reader: LogReader): void {
    const { coverage, storage, unreliable, mutant } = this.#parts;
    const clock = {
      now: () => this.#now(),
      elapsed: () => this.#now(),
      after: (ms: number, task: () => void) => this.process.after(ms, task),
    };
    const topics = new FaultyTopics(this.process, this.#random.fork("topics"), coverage, unreliable);
    const doorkeeper = new Doorkeeper(clock, () => submitter.busy);
    const hub = new Hub({
      reader: mutatedHubReader(mutant, reader),
      writer,
      topics,
      clock,
      doorkeeper,
      limits: connectionLimits,
      endSession: async () => undefined,
      expect: (at) => due.expect(at),
      fanOut: FAN_OUT,
    });
    const committer = new GroupCommitter({
      writer,
      publish: (events, written) => {
        hub.publishAccountEvents(written);
        hub.publish(mutatedPublication(mutant, events));
        due.committed(events, written);
      },
      clock,
    });
    // A disk in trouble is tried again.
    const due: DueLoop = new DueLoop({ clock, work: () => committer.due(), reportFailure: () => {} });
    const submitter: SubmissionGate = new SubmissionGate(puttingOff(committer, () => storage.putOff));
    const connections = new Connections({ reader, submitter, hub, clock, limits: connectionLimits });
    const http = new HttpFront({
      ...this.#parts,
      process: this.process,
      clock,
      doorkeeper,
      connections,
      mintId: () => this.#mintId(),
      lookUpMs: () => storage.delayMs("read"),
      submit: (submit, device) => this.#submit(submit, device),
    });
    this.#services = { writer, reader, submitter, connections, hub, http };
    this.#follow(writer, hub);
    if (mutant !== "what is due left at the start") due.wake();
  }

  /** Looks into the store at once and without trouble. */
  async inspect(inspector: StoreInspector, atRest: boolean): Promise<Violation[]> {
    const { storage, statements, mutant } = this.#parts;
    if (this.#services === undefined) return [];
    const connection = new SqliteConnection(storage.peek());
    const snapshots = new SqlSnapshots([{ connection, turns: new Turns() }], statements);
    const reader = openReader(snapshots, mutatedSight(mutant));
    try {
      const snapshot = new SqlLogSnapshot(connection, statements);
      return await (atRest ? inspector.inspectAtRest(snapshot, reader) : inspector.inspect(snapshot, reader));
    } finally {
      await connection.close();
    }
  }

  /** Takes a connection of a device. */
  accept(connection: Connection, device: string): void {
    const services = this.#services;
    if (services === undefined || !this.process.running) {
      connection.refuse();
      return;
    }
    const { account } = this.#parts.personOf(device);
    this.#accepted.add(connection);
    const parts = { ...this.#parts, process: this.process };
    const socket = watchedSocket(this.#socket(connection, device), device, account, parts);
    const served = services.connections.open(socket, { account, session: sessionOf(device) });
    connection.accept(this.process, {
      received: (frame) => served.receive(frame),
      closed: () => {
        this.#accepted.delete(connection);
        served.lost();
      },
    });
  }

  /** Takes a request of a device. */
  ask(exchange: Exchange): void {
    if (this.#services === undefined || !this.process.running) exchange.refuse();
    else this.#services.http.take(exchange);
  }

  /** A mark that came as an HTTP call, from a client that may be wrong about what there is. */
  mark(account: string, conversation: string, ordinal: number): void {
    const update = create(MarkUpdateSchema, { conversation, delivered: ordinal, read: ordinal });
    // Refused while the store is in trouble; nobody waits for it.
    this.process.after(0, () => void this.#services?.hub.mark(account, update, undefined).catch(() => undefined));
  }

  /** What an account keeps to itself from now on, as it says in an HTTP call. Nobody waits for the answer. */
  setPrivacy(account: string, change: PrivacyChange): void {
    this.process.after(0, () => void this.#setPrivacy(account, change).catch(() => undefined));
  }

  /** Commands that came in a request as well, as a copy of them that was late does. Nobody waits for the answer. */
  copied({ submissions }: Submit, device: string): void {
    this.process.after(0, async () => {
      const services = this.#services;
      const id = await services?.reader.deviceOf(sessionOf(device));
      if (services === undefined || id === undefined) return;
      this.#parts.coverage.add("copy submitted", submissions.length);
      const { account } = this.#parts.personOf(device);
      const commands = submissions.flatMap(({ order, command }) =>
        order === undefined ? [] : [{ account, device: id, order, command }],
      );
      // A request that fails is not repeated: the device's own socket does what matters.
      await services.submitter.submit(commands).catch(() => undefined);
    });
  }

  async #setPrivacy(account: string, change: PrivacyChange): Promise<void> {
    const { truth, mutant } = this.#parts;
    if (this.#services === undefined) return;
    const { writer, hub } = this.#services;
    const choice = truth.secrets.choose(account, change);
    try {
      const privacy = await writer.putPrivacy(account, change);
      hub.privacyChanged(account, mutatedPrivacy(mutant, privacy));
      choice.made(privacy);
    } finally {
      choice.over();
    }
  }

  /** Commands that came over HTTP, of whom the device named them; undefined if they were not judged. */
  async #submit({ submissions, device: named }: Submit, device: string): Promise<readonly Answer[] | undefined> {
    const services = this.#services;
    const id = await services?.reader.deviceOf(sessionOf(device));
    if (services === undefined || id === undefined || id !== named) return undefined;
    const { account } = this.#parts.personOf(device);
    const commands = submissions.flatMap(({ order, command }) =>
      order === undefined ? [] : [{ account, device: id, order, command }],
    );
    const answers = await services.submitter.submit(commands).catch(() => undefined);
    if (this.process.dead) return undefined;
    for (const answer of answers ?? []) this.#parts.truth.acknowledge(answer.id);
    return answers;
  }

  /** Tells everybody to come back later, and lets what is under way end. */
  async drain(): Promise<void> {
    if (this.#services !== undefined) this.#services.http.draining = true;
    this.#services?.connections.dismissAll(COME_BACK_AFTER_MS);
    await this.process.sleep(DRAIN_MS);
  }

  /** Ends at once. @param told whether the system closes its sockets, as it does when only the process dies */
  die(told: boolean): void {
    this.process.kill();
    for (const connection of this.#accepted) connection.break({ client: told, server: false });
    this.#accepted.clear();
    this.#services?.http.die(told);
  }

  #socket(connection: Connection, device: string): Socket {
    return {
      encoding: encodingOf(device),
      send: (frame) => {
        if (connection.waitingBytes > SOCKET_CAPACITY_BYTES) return false;
        connection.fromServer(frame);
        return true;
      },
      waiting: () => connection.waitingBytes,
      close: (code) => {
        this.#accepted.delete(connection);
        connection.closeFromServer(code);
      },
    };
  }

  #follow(writer: LogWriter, hub: Hub): void {
    const again = () => this.process.after(FOLLOW_EVERY_MS, () => this.#follow(writer, hub));
    writer.follow().then(
      ({ written }) => {
        hub.publishAccountEvents(written);
        again();
      },
      // The disk is full or the store has stopped; what is dirty stays dirty.
      again,
    );
  }

  #now(): number {
    return Math.floor(this.#parts.time.now());
  }

  #mintId(): string {
    return uuidV7(this.#now(), this.#random.bytes(10));
  }
}

/** Where the data came from, when it is not what the last process left. */
export interface Restored {
  readonly commits: number;
  /** Whether the restore was made with the command for it, which begins a new incarnation. */
  readonly announced: boolean;
}
