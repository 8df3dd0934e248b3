/**
 * Program: what a durable, acknowledged, delivered message costs without Parley.
 *
 *     bun raw-relay.ts FOLDER CONVERSATIONS
 *
 * Whatever a device sends is stored with one prepared statement in a synced transaction of its own (see `RawLog`), acknowledged, and sent to its partner. A device
 * says its number as its token; even and odd ones that follow each other are partners. Prints its port.
 */
import { type ServerWebSocket, serve } from "bun";
import { RawLog } from "./raw-log.ts";

const ACKNOWLEDGEMENT = Uint8Array.of(1);

const [folder = ".", conversations = "1"] = process.argv.slice(2);
const log = new RawLog(folder, Number(conversations));
const sockets = new Map<number, ServerWebSocket<number>>();

const relay = serve<number>({
  hostname: "127.0.0.1",
  port: 0,
  fetch(request, self) {
    const number = Number(/\d+$/.exec(request.headers.get("authorization") ?? "")?.[0]);
    const headers = { "sec-websocket-protocol": "parley.v1.proto" };
    return self.upgrade(request, { headers, data: number }) ? undefined : new Response(null, { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    sendPings: false,
    idleTimeout: 600,
    open(socket) {
      socket.binaryType = "uint8array";
      sockets.set(socket.data, socket);
    },
    message(socket, message) {
      log.commit(1);
      socket.send(ACKNOWLEDGEMENT);
      sockets.get(socket.data ^ 1)?.send(message);
    },
  },
});
process.on("SIGTERM", () => {
  log.remove();
  process.exit(0);
});
console.log(relay.port);
