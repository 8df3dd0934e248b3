import type { EncodedFrame } from "@parley/protocol";
import type { Server } from "bun";
import type { Socket } from "../connection/socket.ts";
import type { Topics } from "../hub/topics.ts";
import { BunSocket, type SocketData } from "./bun-socket.ts";
import { SlowReaders } from "./slow-readers.ts";

/** Topics of Bun's WebSocket server: many frames published in one turn leave in one write per socket. */
export class BunTopics implements Topics {
  readonly #server: () => Server<SocketData>;
  readonly #slowReaders = new SlowReaders();

  /** @param server the running server, asked for at the first publish because it starts after its parts were made */
  constructor(server: () => Server<SocketData>) {
    this.#server = server;
  }

  subscribe(socket: Socket, topic: string): void {
    const own = ownSocket(socket);
    own.ws.subscribe(topic);
    this.#slowReaders.watch(own);
  }

  unsubscribe(socket: Socket, topic: string): void {
    const { ws } = ownSocket(socket);
    // A socket that has closed was unsubscribed from everything at once.
    if (ws.readyState === WebSocket.OPEN) ws.unsubscribe(topic);
  }

  publish(topic: string, frame: EncodedFrame): void {
    const server = this.#server();
    // Encoded frames always lie in ordinary memory, never in memory shared between threads.
    server.publish(topic, typeof frame === "string" ? frame : (frame as Uint8Array<ArrayBuffer>));
    this.#slowReaders.handedOut(frame.length);
  }

  send(socket: Socket, frame: EncodedFrame): void {
    socket.send(frame);
    this.#slowReaders.watch(ownSocket(socket));
    this.#slowReaders.handedOut(frame.length);
  }
}

function ownSocket(socket: Socket): BunSocket {
  if (!(socket instanceof BunSocket)) throw new TypeError("Bun's topics carry Bun's sockets only.");
  return socket;
}
