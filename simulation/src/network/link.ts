import type { Network, Socket, SocketHandlers, Transport } from "@parley/client";
import type { Encoding } from "@parley/protocol";
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

/** Takes a new connection at the server, or refuses it. */
export type Listener = (connection: Connection, device: string) => void;

/**
 * The network of one device. `up`: works. `down`: the device knows that it has none. `silent`: packets vanish, and neither side is told.
 */
export class Link implements Network {
  latency: Latency = { fromMs: 1, toMs: 30 };
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

  online(): boolean {
    return this.#state !== "down";
  }

  onReturn(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  delayMs(): number {
    const { fromMs, toMs } = this.latency;
    return fromMs + this.#random.fraction() * (toMs - fromMs);
  }

  /** A transport for one process of this device. */
  transport(process: Process, encoding: Encoding): Transport {
    return { connect: (handlers) => this.#connect(process, handlers, encoding) };
  }

  /** Sends a request of its own over the same network, as HTTP does: unordered among others, and it may get lost. */
  request(deliver: () => void): void {
    const delayMs = this.delayMs();
    this.#time.after(delayMs, () => this.#state === "up" && deliver());
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
    const connection = new Connection(this.#time, () => this.delayMs(), process, handlers);
    this.#connections = [...this.#open(), connection];
    if (this.#state === "down") this.#time.after(UNREACHABLE_AFTER_MS, () => connection.refuse());
    else this.#time.after(this.delayMs(), () => this.#arrive(connection));
    return {
      encoding,
      send: (frame) => connection.fromClient(frame),
      close: () => connection.closeFromClient(),
    };
  }

  #arrive(connection: Connection): void {
    if (!connection.open) return;
    if (this.#state === "up") this.#listener(connection, this.#device);
    else this.#time.after(CONNECT_TIMEOUT_MS, () => connection.refuse());
  }
}
