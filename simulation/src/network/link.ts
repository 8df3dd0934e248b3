import type { Network, Socket, SocketHandlers, Transport } from "@parley/client";
import type { EncodedFrame, Encoding } from "@parley/protocol";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { Connection } from "./connection.ts";

/** A browser gives up connecting after a while. */
const CONNECT_TIMEOUT_MS = 20_000;
const UNREACHABLE_AFTER_MS = 300;

export interface Latency {
  readonly fromMs: number;
  readonly toMs: number;
}

/** The server, as networks reach it. */
export interface Listener {
  /** Takes a new connection, or refuses it. */
  connected(connection: Connection, device: string): void;
  /** A frame that came as an HTTP request instead. */
  requested(frame: EncodedFrame, encoding: Encoding, device: string): void;
}

const HEALTHY: Latency = { fromMs: 1, toMs: 30 };

/**
 * The network of one device. `up`: works. `down`: the device knows that it has none. `silent`: packets vanish, and neither side is told.
 */
export class Link {
  latency: Latency = HEALTHY;
  /** While set, whatever the device submits also goes over HTTP, and arrives there after such a delay. */
  copies: Latency | undefined;
  /** How often the socket breaks just after a frame was copied, so that only the copy arrives. */
  breaksAfterCopy = 0;
  readonly #device: string;
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;
  readonly #listener: Listener;
  readonly #listeners = new Set<() => void>();
  #connections: Connection[] = [];
  #state: "up" | "down" | "silent" = "up";

  constructor(device: string, time: VirtualTime, random: SeededRandom, listener: Listener) {
    this.#device = device;
    this.#time = time;
    this.#random = random;
    this.#listener = listener;
  }

  get state(): "up" | "down" | "silent" {
    return this.#state;
  }

  /** What a process of this device knows of the network. */
  network(process: Process): Network {
    return {
      online: () => this.#state !== "down",
      onReturn: (listener) => {
        const tell = () => void process.after(0, listener);
        this.#listeners.add(tell);
        return () => this.#listeners.delete(tell);
      },
      onLoss: () => () => undefined,
    };
  }

  /** A transport for one process of this device. */
  transport(process: Process, encoding: Encoding): Transport {
    return { connect: (handlers) => this.#connect(process, handlers, encoding) };
  }

  /** Everything as it should be. */
  heal(): void {
    this.latency = HEALTHY;
    this.copies = undefined;
    this.breaksAfterCopy = 0;
    this.restore();
  }

  /** The network returns; connections that only waited go on, and the device is told if it knew. */
  restore(): void {
    const knew = this.#state === "down";
    this.#state = "up";
    for (const connection of this.#connections) connection.release();
    if (knew) for (const listener of [...this.#listeners]) listener();
  }

  /** The device loses its network and knows it. Its connections break; the server does not hear of it. */
  takeDown(): void {
    this.#state = "down";
    this.breakAll({ client: true, server: false });
  }

  /** Packets vanish. Connections wait for the network to come back, or are forgotten on the way and never work again. */
  silence(forgotten: boolean): void {
    this.#state = "silent";
    if (forgotten) this.breakAll({ client: false, server: false });
    else for (const connection of this.#open()) connection.hold();
  }

  breakAll(told: { readonly client: boolean; readonly server: boolean }): void {
    for (const connection of this.#connections) connection.break(told);
    this.#connections = [];
  }

  #open(): Connection[] {
    this.#connections = this.#connections.filter((connection) => connection.open);
    return this.#connections;
  }

  #connect(process: Process, handlers: SocketHandlers, encoding: Encoding): Socket {
    const connection = new Connection(this.#time, () => this.#delayMs(), process, handlers);
    this.#connections = [...this.#open(), connection];
    if (this.#state === "down") this.#time.after(UNREACHABLE_AFTER_MS, () => connection.refuse());
    else this.#time.after(this.#delayMs(), () => this.#arrive(connection));
    return {
      encoding,
      send: (frame) => {
        connection.fromClient(frame);
        this.#copy(frame, encoding);
      },
      close: () => connection.closeFromClient(),
    };
  }

  /** A request of its own: unordered among the others, and it may get lost. */
  #copy(frame: EncodedFrame, encoding: Encoding): void {
    if (this.copies === undefined) return;
    if (this.#random.chance(this.breaksAfterCopy)) this.breakAll({ client: true, server: true });
    this.#time.after(this.#between(this.copies), () => {
      if (this.#state === "up") this.#listener.requested(frame, encoding, this.#device);
    });
  }

  #delayMs(): number {
    return this.#between(this.latency);
  }

  #between({ fromMs, toMs }: Latency): number {
    return fromMs + this.#random.fraction() * (toMs - fromMs);
  }

  #arrive(connection: Connection): void {
    if (!connection.open) return;
    if (this.#state === "up") this.#listener.connected(connection, this.#device);
    else this.#time.after(CONNECT_TIMEOUT_MS, () => connection.refuse());
  }
}
