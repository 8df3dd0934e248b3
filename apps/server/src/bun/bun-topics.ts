import type { EncodedFrame } from "@parley/protocol";
import type { Server } from "bun";
import type { Socket } from "../connection/socket.ts";
import { MemoryTopics } from "../hub/memory-topics.ts";
import type { Topics } from "../hub/topics.ts";
import { BunSocket, type SocketData } from "./bun-socket.ts";
import type { Departures } from "./departures.ts";
import type { SlowReaders } from "./slow-readers.ts";

/**
 * Topics of Bun's WebSocket server: many frames published in one turn leave in one write per socket. What is no WebSocket, such as a device that polls, is
 * sent each frame by itself.
 */
export class BunTopics implements Topics {
  readonly #server: () => Server<SocketData>;
  readonly #departures: Departures;
  readonly #slowReaders: SlowReaders;
  readonly #others = new MemoryTopics();

  /** @param server the running server, asked for at the first publish because it starts after its parts were made */
  constructor(server: () => Server<SocketData>, departures: Departures, slowReaders: SlowReaders) {
    this.#server = server;
    this.#departures = departures;
    this.#slowReaders = slowReaders;
  }

  subscribe(socket: Socket, topic: string): void {
    if (socket instanceof BunSocket) socket.ws.subscribe(topic);
    else this.#others.subscribe(socket, topic);
  }

  unsubscribe(socket: Socket, topic: string): void {
    if (!(socket instanceof BunSocket)) this.#others.unsubscribe(socket, topic);
    // A socket that has closed was unsubscribed from everything at once.
    else if (socket.open) socket.ws.unsubscribe(topic);
  }

  publish(topic: string, frame: EncodedFrame): void {
    this.#departures.flush();
    const server = this.#server();
    // Encoded frames always lie in ordinary memory, never in memory shared between threads.
    server.publish(topic, typeof frame === "string" ? frame : (frame as Uint8Array<ArrayBuffer>));
    this.#slowReaders.handedOut(frame.length);
    this.#others.publish(topic, frame);
  }

  send(socket: Socket, frame: EncodedFrame): void {
    socket.send(frame);
  }
}
