import type { EncodedFrame, Encoding } from "@parley/protocol";
import type { ServerWebSocket } from "bun";
import type { Connection } from "../connection/connection.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";

/** What travels with a WebSocket of the server. */
export interface SocketData {
  readonly encoding: Encoding;
  /** Undefined without a session. */
  readonly visitor: Visitor | undefined;
  connection: Connection | undefined;
}

/** `ws.send` returns this when it dropped the message. */
const DROPPED = 0;

/** A WebSocket of Bun's server. */
export class BunSocket implements Socket {
  readonly encoding: Encoding;
  readonly ws: ServerWebSocket<SocketData>;

  constructor(ws: ServerWebSocket<SocketData>) {
    this.ws = ws;
    this.encoding = ws.data.encoding;
  }

  send(frame: EncodedFrame): boolean {
    const status = typeof frame === "string" ? this.ws.sendText(frame) : this.ws.sendBinary(asBufferSource(frame));
    return status !== DROPPED || this.ws.readyState !== WebSocket.OPEN;
  }

  waiting(): number {
    return this.ws.getBufferedAmount();
  }

  close(code: number, reason: string): void {
    this.ws.close(code, reason);
  }
}

/** Encoded frames always lie in ordinary memory, never in memory shared between threads. */
function asBufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
