import type { Socket, SocketHandlers, Transport } from "@parley/client";
import type { EncodedFrame, Encoding } from "@parley/protocol";

/** Where a server takes sockets, below its address. */
const SOCKET_PATH = "/socket";

/**
 * Sockets to the server at `address` (its origin). The session's cookie goes along by itself.
 *
 * @param encoding json is for developers who want to read the frames
 */
export function createWebSocketTransport(address: string, encoding: Encoding): Transport {
  const url = new URL(SOCKET_PATH, address);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return { connect: (handlers) => new BrowserSocket(url, encoding, handlers) };
}

class BrowserSocket implements Socket {
  readonly encoding: Encoding;
  readonly #socket: WebSocket;

  constructor(url: URL, encoding: Encoding, handlers: SocketHandlers) {
    this.encoding = encoding;
    this.#socket = new WebSocket(url, `parley.v1.${encoding}`);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => handlers.opened();
    this.#socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) handlers.received(new Uint8Array(data));
      else if (typeof data === "string") handlers.received(data);
    };
    // An error is always followed by a close.
    this.#socket.onclose = ({ code }) => handlers.closed({ code });
  }

  send(frame: EncodedFrame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    // The copy that the types ask for is none: encoders never hand out shared memory.
    this.#socket.send(typeof frame === "string" ? frame : new Uint8Array(frame));
  }

  close(): void {
    this.#socket.close();
  }
}
