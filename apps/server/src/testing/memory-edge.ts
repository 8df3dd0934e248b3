import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type Answer,
  ClientFrameSchema,
  type Command,
  CommandSchema,
  closeCodeOf,
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  encodeClientFrame,
  type Head,
  OrderSchema,
  type ProblemCode,
  type ServerFrame,
} from "@parley/protocol";
import { freshId } from "@parley/rig";
import type { Connection } from "../connection/connection.ts";
import type { Socket } from "../connection/socket.ts";
import { createEdge, type Edge } from "../edge.ts";
import type { Collaborators } from "../executor/collaborators.ts";
import { MemoryTopics } from "../hub/memory-topics.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { ManualClock } from "./manual-clock.ts";

type Frame = ServerFrame["frame"];
type ValueOf<C> = Extract<Frame, { case: C }>["value"];

/** A socket that keeps what it is sent. */
export class MemorySocket implements Socket {
  readonly encoding: Encoding;
  readonly frames: Frame[] = [];
  closedWith: number | undefined;
  /** Bytes that are said to wait. */
  waitingBytes = 0;

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  send(frame: EncodedFrame): boolean {
    if (this.closedWith !== undefined) return true;
    const decoded = decodeServerFrame(this.encoding, frame);
    if (decoded === undefined) throw new Error("The server sent something that is no frame.");
    this.frames.push(decoded.frame);
    return true;
  }

  waiting(): number {
    return this.waitingBytes;
  }

  close(code: number): void {
    this.closedWith ??= code;
  }
}

/** A device of the memory edge. */
export class MemoryDevice {
  readonly id: string;
  readonly account: string;
  readonly socket: MemorySocket;
  readonly connection: Connection;
  readonly #edge: MemoryEdge;

  constructor(edge: MemoryEdge, account: string, encoding: Encoding, id: string, session: string) {
    this.id = id;
    this.account = account;
    this.#edge = edge;
    this.socket = new MemorySocket(encoding);
    this.connection = edge.edge.connections.open(this.socket, { account, session });
  }

  get frames(): Frame[] {
    return this.socket.frames;
  }

  send(frame: NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>): void {
    this.connection.receive(encodeClientFrame(this.socket.encoding, create(ClientFrameSchema, { frame })));
  }

  async hello(heads: Head[] = []): Promise<void> {
    this.send({ case: "hello", value: { device: this.id, heads } });
    await this.#edge.clock.advance(20);
  }

  async submit(...commands: Command[]): Promise<Answer[]> {
    const before = this.all("answers").length;
    const submissions = commands.map((command) => ({
      order: create(OrderSchema, { link: { case: "none", value: {} } }),
      command: toBinary(CommandSchema, command),
    }));
    this.send({ case: "submit", value: { submissions } });
    await this.#edge.clock.advance(20);
    return this.all("answers")[before]?.answers ?? [];
  }

  /** Values of every frame of a kind, in the order of their coming. */
  all<C extends NonNullable<Frame["case"]>>(kind: C): ValueOf<C>[] {
    return this.frames.flatMap((frame) => (frame.case === kind ? [frame.value as ValueOf<C>] : []));
  }

  /** The seqs of the events of a conversation, in the order of their coming. */
  seqs(conversation: string): number[] {
    return this.all("event").flatMap(({ event }) => (event?.log === conversation ? [event.seq] : []));
  }

  wasClosedFor(code: ProblemCode): boolean {
    return this.socket.closedWith === closeCodeOf(code);
  }

  /** The network drops the socket. */
  lose(): void {
    this.socket.closedWith ??= 1006;
    this.connection.lost();
  }
}

/** The real edge on a real log in memory, with sockets that tests look into. */
export class MemoryEdge {
  readonly clock: ManualClock;
  readonly edge: Edge;
  readonly reader: LogReader;
  readonly writer: LogWriter;
  /** What the edge was told that ends the node. */
  readonly broken: unknown[] = [];
  readonly endedSessions: string[] = [];
  #people = 0;

  private constructor(clock: ManualClock, reader: LogReader, writer: LogWriter) {
    this.clock = clock;
    this.reader = reader;
    this.writer = writer;
    this.edge = createEdge({
      reader,
      writer,
      topics: new MemoryTopics(),
      clock,
      endSession: async (session) => {
        this.endedSessions.push(session);
      },
      onBroken: (error) => this.broken.push(error),
    });
    this.edge.followers.wake();
    this.edge.due.wake();
  }

  /** @param around replaces the reader by one that tests can hold up */
  static async open(
    around: (reader: LogReader) => LogReader = (reader) => reader,
    collaborators: Partial<Collaborators> = {},
  ): Promise<MemoryEdge> {
    const clock = new ManualClock();
    const { reader, writer } = await openSqliteLogInProcess({
      database: ":memory:",
      clock,
      mintId: freshId,
      collaborators,
    });
    return new MemoryEdge(clock, around(reader), writer);
  }

  async person(): Promise<string> {
    const account = freshId();
    const name = `person${++this.#people}`;
    await this.writer.putProfile(account, name, name);
    return account;
  }

  device(account: string, encoding: Encoding = "proto", id = freshId(), session = freshId()): MemoryDevice {
    return new MemoryDevice(this, account, encoding, id, session);
  }

  /** A device that has its Welcome. */
  async online(account: string, encoding: Encoding = "proto"): Promise<MemoryDevice> {
    const device = this.device(account, encoding);
    await device.hello();
    return device;
  }
}
