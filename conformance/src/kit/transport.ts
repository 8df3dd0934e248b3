import type { EncodedFrame, Encoding } from "@parley/protocol";

/** How a link ended. */
export interface Ending {
  /** The WebSocket close code, or what stands for it on another transport. */
  readonly code: number;
  readonly reason: string;
}

export interface ChannelEvents {
  readonly message: (data: EncodedFrame) => void;
  readonly ended: (ending: Ending) => void;
}

/** A link to a server that carries whole messages both ways, in order. */
export interface Channel {
  send(data: EncodedFrame): void;
  /** Ends the link from this side. */
  close(): void;
}

export interface Opening {
  /** Of the server, without a path at its end. */
  readonly url: string;
  readonly encoding: Encoding;
  /** Credentials, and what else the request carries. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A way to reach a server. Resolves once messages can be sent; rejects if the server refuses before that. */
export interface Transport {
  readonly name: string;
  open(opening: Opening, events: ChannelEvents): Promise<Channel>;
}
