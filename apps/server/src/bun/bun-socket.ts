import { type EncodedFrame, type Encoding, ProblemCode } from "@parley/protocol";
import type { ServerWebSocket } from "bun";
import type { Connection } from "../connection/connection.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";
import type { Departures } from "./departures.ts";
import type { SlowReaders } from "./slow-readers.ts";

/** What travels with a WebSocket of the server. */
export interface SocketData {
  readonly encoding: Encoding;
  /** Undefined without a session. */
  readonly visitor: Visitor | undefined;
  connection: Connection | undefined;
}

/** `ws.send` returns this when it dropped the message. */
const DROPPED = 0;

/** As much as waits for the end of a turn at most: what the runtime writes at once. */
const TOGETHER_BYTES = 16_384;

/** A WebSocket of Bun's server. Its frames leave in the order in which they were sent, those of one turn together. */
export class BunSocket implements Socket {
  readonly encoding: Encoding;
  readonly ws: ServerWebSocket<SocketData>;
  readonly #departures: Departures;
  readonly #slowReaders: SlowReaders;
  /** Undefined when none waits. */
  #frames: EncodedFrame[] | undefined;
  #bytes = 0;

  constructor(ws: ServerWebSocket<SocketData>, departures: Departures, slowReaders: SlowReaders) {
    this.ws = ws;
    this.encoding = ws.data.encoding;
    this.#departures = departures;
    this.#slowReaders = slowReaders;
    slowReaders.watch(this);
  }

  send(frame: EncodedFrame): boolean {
    if (this.#bytes + frame.length > TOGETHER_BYTES) {
      this.depart();
      const sent = this.#write(frame);
      this.#slowReaders.handedOut(frame.length);
      return sent;
    }
    this.#bytes += frame.length;
    if (this.#frames !== undefined) this.#frames.push(frame);
    else {
      this.#frames = [frame];
      this.#departures.add(this);
    }
    return true;
  }

  /** Sends what waits. A device that was sent more than it may leave unread has to go, as if `send` had said so. */
  depart(): void {
    const frames = this.#frames;
    if (frames === undefined) return;
    const bytes = this.#bytes;
    this.#frames = undefined;
    this.#bytes = 0;
    let sent = true;
    this.ws.cork(() => {
      for (const frame of frames) sent = this.#write(frame) && sent;
    });
    if (!sent) this.tooSlow();
    this.#slowReaders.handedOut(bytes);
  }

  get account(): string | undefined {
    return this.ws.data.visitor?.account;
  }

  get open(): boolean {
    return this.ws.readyState === WebSocket.OPEN;
  }

  tooSlow(): void {
    this.ws.data.connection?.dismiss(ProblemCode.TOO_SLOW, 0);
  }

  waiting(): number {
    return this.ws.getBufferedAmount() + this.#bytes;
  }

  close(code: number, reason: string): void {
    this.depart();
    this.ws.close(code, reason);
  }

  #write(frame: EncodedFrame): boolean {
    const status = typeof frame === "string" ? this.ws.sendText(frame) : this.ws.sendBinary(asBufferSource(frame));
    return status !== DROPPED || !this.open;
  }
}

/** Encoded frames always lie in ordinary memory, never in memory shared between threads. */
function asBufferSource(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
