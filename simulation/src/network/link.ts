import type { Http, Network, Socket, SocketHandlers, Transport } from "@parley/client";
import { decodeClientFrame, type EncodedFrame, type Encoding, type Submit } from "@parley/protocol";
import type { Coverage } from "../coverage.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Connection } from "./connection.ts";
import type { Exchange } from "./exchange.ts";
import { KnownNetwork } from "./known-network.ts";
import { drawLatency, type Latency } from "./latency.ts";
import { RequestPath } from "./request-path.ts";

/** A browser gives up connecting after a while. */
const CONNECT_TIMEOUT_MS = 20_000;
const UNREACHABLE_AFTER_MS = 300;
/** How long sockets live where they are cut. */
const CUT_AFTER: Latency = { fromMs: 50, toMs: 8_000 };

/** The server, as networks reach it. */
export interface Listener {
  /** Takes a new connection, or refuses it. */
  connected(connection: Connection, device: string): void;
  /** Takes a request, or refuses it. */
  asked(exchange: Exchange): void;
  /** Commands that came as an HTTP request as well. */
  copied(submit: Submit, device: string): void;
}

/** What a proxy does with sockets: it refuses them, leaves them without an answer, takes them and carries nothing, or cuts them after a while. */
export const socketBlocks = ["refused", "unanswered", "swallowed", "cut"] as const;
export type SocketBlock = (typeof socketBlocks)[number];

const HEALTHY: Latency = { fromMs: 1, toMs: 30 };

export interface LinkParts {
  readonly device: string;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly listener: Listener;
  readonly coverage: Coverage;
}

/**
 * The network of one device. `up`: works. `down`: the device knows that it has none. `silent`: packets vanish, and neither side is told.
 */
export class Link {
  latency: Latency = HEALTHY;
  /** While set, whatever the device submits by socket also goes over HTTP, and arrives there after such a delay. */
  copies: Latency | undefined;
  /** How often the socket breaks just after a frame was copied, so that only the copy arrives. */
  breaksAfterCopy = 0;
  /** What the sockets that are opened from now on have to go through. */
  block: SocketBlock | undefined;
  readonly requests: RequestPath;
  readonly #parts: LinkParts;
  readonly #known = new KnownNetwork();
  #connections: Connection[] = [];
  #state: "up" | "down" | "silent" = "up";

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.requests = new RequestPath({
      ...parts,
      delayMs: () => this.#delayMs(),
      state: () => this.#state,
      asked: (exchange) => parts.listener.asked(exchange),
    });
  }

  /** What a process of this device knows of the network. */
  network(process: Process): Network {
    return this.#known.of(process);
  }

  /** Sockets for one process of this device. */
  transport(process: Process, encoding: Encoding): Transport {
    return { connect: (handlers) => this.#connect(process, handlers, encoding) };
  }

  http(process: Process): Http {
    return this.requests.http(process);
  }

  /** Everything as it should be. */
  heal(): void {
    this.latency = HEALTHY;
    this.copies = undefined;
    this.breaksAfterCopy = 0;
    this.block = undefined;
    this.requests.heal();
    this.restore();
  }

  /** The network returns; what only waited goes on, and the device is told if it knew. */
  restore(): void {
    this.#state = "up";
    for (const connection of this.#connections) connection.release();
    this.requests.release();
    this.#known.returned();
  }

  /**
   * The device loses its network and knows it. The server does not hear of it.
   *
   * @param broken whether what is under way is told to have ended, as it is where the device's address goes
   */
  takeDown(broken = true): void {
    this.#state = "down";
    this.breakAll({ client: broken, server: false });
    this.#known.lost();
  }

  /** The device believes that it has lost its network, and is wrong. */
  mislead(): void {
    this.#known.lost();
  }

  /** Packets vanish. What is under way waits for the network to come back, or is forgotten on the way and never arrives. */
  silence(forgotten: boolean): void {
    this.#state = "silent";
    if (forgotten) {
      this.breakAll({ client: false, server: false });
      return;
    }
    for (const connection of this.#open()) connection.hold();
    this.requests.hold();
  }

  breakAll(told: { readonly client: boolean; readonly server: boolean }): void {
    this.breakSockets(told);
    this.requests.break(told);
  }

  breakSockets(told: { readonly client: boolean; readonly server: boolean }): void {
    for (const connection of this.#connections) connection.break(told);
    this.#connections = [];
  }

  #open(): Connection[] {
    this.#connections = this.#connections.filter((connection) => connection.open);
    return this.#connections;
  }

  #connect(process: Process, handlers: SocketHandlers, encoding: Encoding): Socket {
    const { time } = this.#parts;
    const connection = new Connection(time, () => this.#delayMs(), process, handlers);
    this.#connections = [...this.#open(), connection];
    if (this.#state === "down") time.after(UNREACHABLE_AFTER_MS, () => connection.refuse());
    else time.after(this.#delayMs(), () => this.#arrive(connection));
    return {
      encoding,
      send: (frame) => {
        connection.fromClient(frame);
        this.#copy(frame, encoding);
      },
      close: () => connection.closeFromClient(),
    };
  }

  /** Commands in a request of their own: unordered among the others, and it may get lost. */
  #copy(encoded: EncodedFrame, encoding: Encoding): void {
    const { time, random, listener, device } = this.#parts;
    const frame = this.copies && decodeClientFrame(encoding, encoded)?.frame;
    if (this.copies === undefined || frame?.case !== "submit") return;
    if (random.chance(this.breaksAfterCopy)) this.breakAll({ client: true, server: true });
    time.after(drawLatency(random, this.copies), () => {
      if (this.#state === "up") listener.copied(frame.value, device);
    });
  }

  #delayMs(): number {
    return drawLatency(this.#parts.random, this.latency);
  }

  #arrive(connection: Connection): void {
    if (!connection.open) return;
    const { time, random, listener, device, coverage } = this.#parts;
    const block = this.requests.portal ? "refused" : this.block;
    if (this.#state !== "up" || block === "unanswered") {
      time.after(CONNECT_TIMEOUT_MS, () => connection.refuse());
      return;
    }
    if (block !== undefined) coverage.add(`socket ${block}`);
    if (block === "refused") connection.refuse();
    else if (block === "swallowed") connection.swallow();
    else listener.connected(connection, device);
    if (block !== "cut") return;
    time.after(drawLatency(random, CUT_AFTER), () => connection.break({ client: true, server: true }));
  }
}
