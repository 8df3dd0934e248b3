import { create, toBinary } from "@bufbuild/protobuf";
import {
  type ClientFrame,
  ClientFrameSchema,
  type Command,
  CommandSchema,
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  encodeClientFrame,
  type Head,
  OrderSchema,
  type ServerFrame,
} from "@parley/protocol";
import { createGroup, freshId } from "@parley/rig";
import type { Connection } from "../connection/connection.ts";
import type { Socket } from "../connection/socket.ts";
import { createEdge, type Edge } from "../edge.ts";
import { MemoryTopics } from "../hub/memory-topics.ts";
import type { LogReader } from "../log/log-reader.ts";
import type { LogWriter } from "../log/log-writer.ts";
import { openSqliteLogInProcess } from "../store/sqlite/open-sqlite-log-in-process.ts";
import { ManualClock } from "./manual-clock.ts";

type Counts = Record<string, number>;

/** The object itself, with its calls counted by name. */
function counting<T extends object>(target: T, counts: Counts): T {
  return new Proxy(target, {
    get(object, name) {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== "function") return member;
      return (...args: unknown[]) => {
        counts[String(name)] = (counts[String(name)] ?? 0) + 1;
        return Reflect.apply(member, object, args);
      };
    },
  });
}

/** A socket that keeps what it was handed, as it was handed. */
class RawSocket implements Socket {
  readonly encoding: Encoding;
  readonly frames: EncodedFrame[] = [];
  /** When each frame was handed over, in time elapsed. */
  readonly times: number[] = [];
  readonly #clock: ManualClock;

  constructor(encoding: Encoding, clock: ManualClock) {
    this.encoding = encoding;
    this.#clock = clock;
  }

  send(frame: EncodedFrame): boolean {
    this.frames.push(frame);
    this.times.push(this.#clock.elapsed());
    return true;
  }

  waiting(): number {
    return 0;
  }

  close(): void {
    throw new Error("The server closed a socket.");
  }

  forget(): void {
    this.frames.length = 0;
    this.times.length = 0;
  }

  kinds(): (string | undefined)[] {
    return this.frames.map((frame) => decodeServerFrame(this.encoding, frame)?.frame.case);
  }

  all<C extends ServerFrame["frame"]["case"]>(kind: C) {
    return this.frames.flatMap((encoded) => {
      const frame = decodeServerFrame(this.encoding, encoded)?.frame;
      return frame?.case === kind ? [frame.value as Extract<ServerFrame["frame"], { case: C }>["value"]] : [];
    });
  }
}

/** A device that is connected by such a socket. */
export interface Counted {
  readonly socket: RawSocket;
  readonly connection: Connection;
  readonly id: string;
  readonly session: string;
  readonly account: string;
}

/** The edge with everything counted that it asks of others. */
export class CountedEdge {
  readonly clock: ManualClock;
  readonly reads: Counts = {};
  readonly writes: Counts = {};
  readonly handOuts: Counts = {};
  readonly #edge: Edge;
  readonly #writer: LogWriter;
  #people = 0;

  private constructor(clock: ManualClock, reader: LogReader, writer: LogWriter) {
    this.clock = clock;
    this.#writer = writer;
    this.#edge = createEdge({
      reader: counting(reader, this.reads),
      writer: counting(writer, this.writes),
      topics: counting(new MemoryTopics(), this.handOuts),
      clock: this.clock,
      endSession: async () => undefined,
      onBroken: (error) => {
        throw error;
      },
    });
  }

  static async open(): Promise<CountedEdge> {
    const clock = new ManualClock();
    const { reader, writer } = await openSqliteLogInProcess({ database: ":memory:", clock, mintId: freshId });
    return new CountedEdge(clock, reader, writer);
  }

  async people(count: number): Promise<string[]> {
    const accounts = Array.from({ length: count }, freshId);
    for (const account of accounts) {
      const name = `person${++this.#people}`;
      await this.#writer.putProfile(account, name, name);
    }
    return accounts;
  }

  async arrive(account: string, encoding: Encoding = "proto", heads: Head[] = [], before?: Counted): Promise<Counted> {
    const socket = new RawSocket(encoding, this.clock);
    const { id, session } = before ?? { id: freshId(), session: freshId() };
    const connection = this.#edge.connections.open(socket, { account, session });
    const incarnation = before?.socket.all("welcome")[0]?.incarnation ?? "";
    const accountHead = before === undefined ? 0 : 1;
    send(connection, encoding, { case: "hello", value: { device: id, incarnation, accountHead, heads } });
    await this.clock.advance(20);
    return { socket, connection, id, session, account };
  }

  async submit({ connection, socket }: Counted, ...commands: Command[]): Promise<void> {
    const submissions = commands.map((command) => ({
      order: create(OrderSchema, { link: { case: "none", value: {} } }),
      command: toBinary(CommandSchema, command),
    }));
    send(connection, socket.encoding, { case: "submit", value: { submissions } });
    await this.clock.advance(100);
  }

  /** Forgets what was counted so far. */
  reset(...devices: readonly Counted[]): void {
    for (const counts of [this.reads, this.writes, this.handOuts])
      for (const name of Object.keys(counts)) delete counts[name];
    for (const { socket } of devices) socket.forget();
  }
}

/** Hands a frame over as if a device had sent it. */
export function send(
  connection: Connection,
  encoding: Encoding,
  frame: NonNullable<Parameters<typeof create<typeof ClientFrameSchema>>[1]>["frame"],
): void {
  const message: ClientFrame = create(ClientFrameSchema, frame === undefined ? {} : { frame });
  connection.receive(encodeClientFrame(encoding, message));
}

/** A group in which everybody is online, the first in JSON. */
export async function group(size: number) {
  const edge = await CountedEdge.open();
  const people = await edge.people(size);
  const devices: Counted[] = [];
  for (const [index, person] of people.entries()) {
    devices.push(await edge.arrive(person, index === 0 ? "json" : "proto"));
  }
  const [first] = devices;
  if (first === undefined) throw new Error("Nobody is there.");
  const log = freshId();
  await edge.submit(first, createGroup(log, people.slice(1)));
  await edge.clock.advance(10_000);
  edge.reset(...devices);
  return { edge, devices, first, log };
}
