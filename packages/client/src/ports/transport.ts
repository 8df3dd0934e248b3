import type { EncodedFrame, Encoding } from "@parley/protocol";

/** Opens sockets to one server, signed in as one account. */
export interface Transport {
  /** Starts to connect at once; outcomes come through the handlers, `closed` exactly once and last. */
  connect(handlers: SocketHandlers): Socket;
}

export interface Socket {
  readonly encoding: Encoding;
  /** Ignored once closed. */
  send(frame: EncodedFrame): void;
  close(): void;
}

export type TransportWay = "socket" | "polling";

export interface SocketHandlers {
  /** @param way by which one, where a transport has several */
  opened(way?: TransportWay): void;
  received(frame: EncodedFrame): void;
  closed(why: SocketClosed): void;
}

/** `code` is a WebSocket close code (1006 when the connection never opened or broke). */
export interface SocketClosed {
  readonly code: number;
  /** A better way to the server was found: to be connected again at once. */
  readonly moved?: true;
  /** Where it can be told: nothing answered, or something that is no Parley server did (a captive portal, a proxy's page). */
  readonly fault?: "unreachable" | "foreign";
  /** Where the server, or a proxy for it, said when to come again. */
  readonly retryAfterMs?: number;
}
