import { create } from "@bufbuild/protobuf";
import { closeCodeOf, encodeServerFrame, limits, ProblemCode, ServerFrameSchema } from "@parley/protocol";
import type { WebSocketHandler } from "bun";
import type { Connections } from "../connection/connections.ts";
import { problem } from "../connection/problem.ts";
import { BunSocket, type SocketData } from "./bun-socket.ts";
import type { Departures } from "./departures.ts";
import { RUNTIME_LIMIT_BYTES, type SlowReaders } from "./slow-readers.ts";

/** Longer than two heartbeats: the connection itself notices silence. */
const IDLE_S = 120;

/** Ties Bun's WebSockets to connections. */
export function webSocketHandler(
  connections: Pick<Connections, "open">,
  departures: Departures,
  slowReaders: SlowReaders,
): WebSocketHandler<SocketData> {
  return {
    // One more, so that a frame that is too large is answered and not just cut.
    maxPayloadLength: 2 * limits.frameBytes,
    backpressureLimit: RUNTIME_LIMIT_BYTES,
    closeOnBackpressureLimit: true,
    idleTimeout: IDLE_S,
    sendPings: false,
    perMessageDeflate: false,
    open(ws) {
      ws.binaryType = "uint8array";
      const socket = new BunSocket(ws, departures, slowReaders);
      const { visitor } = ws.data;
      if (visitor === undefined) refuse(socket);
      else ws.data.connection = connections.open(socket, visitor);
    },
    message(ws, message) {
      ws.data.connection?.receive(message);
    },
    close(ws) {
      ws.data.connection?.lost();
    },
  };
}

/** A browser does not tell its pages why an upgrade failed, so that the socket opens to say it. */
function refuse(socket: BunSocket): void {
  const value = problem(ProblemCode.UNAUTHENTICATED, "Sign in first: there is no session, or it has ended.");
  socket.send(encodeServerFrame(socket.encoding, create(ServerFrameSchema, { frame: { case: "problem", value } })));
  socket.close(closeCodeOf(value.code), ProblemCode[value.code]);
}
