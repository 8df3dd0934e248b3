import type { Socket, SocketHandlers, Transport } from "@parley/client";
import type { EncodedFrame, Encoding } from "@parley/protocol";

const SOCKET_PATH = "/socket";

/** Sockets to the server at `address`, authorised by a session's token. */
export function createBunTransport(address: string, token: string): Transport {
  const url = new URL(SOCKET_PATH, address);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return { connect: (handlers) => new BunClientSocket(url, token, handlers) };
}

class BunClientSocket implements Socket {
  readonly encoding: Encoding = "proto";
  readonly #socket: WebSocket;

  constructor(url: URL, token: string, handlers: SocketHandlers) {
    const headers = { Authorization: `Bearer ${token}` };
    // Beside the types of browsers, which know no headers, those of Bun give way.
    this.#socket = Reflect.construct(WebSocket, [url, { headers, protocols: ["parley.v1.proto"] }]);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => handlers.opened();
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) handlers.received(new Uint8Array(data));
    };
    this.#socket.onclose = ({ code }) => handlers.closed({ code });
  }

  send(frame: EncodedFrame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    // The types of browsers want bytes that are certainly not shared with another thread: a copy of a few hundred.
    this.#socket.send(typeof frame === "string" ? frame : new Uint8Array(frame));
  }

  close(): void {
    this.#socket.close();
  }
}
