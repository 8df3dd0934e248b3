import type { Socket, SocketHandlers, Transport } from "@parley/client";

const LOST = { code: 1006 };

/** A transport with a switch: while it is closed, nothing connects. */
export class Gate implements Transport {
  readonly #transport: Transport;
  #isOpen = true;
  #current: { readonly socket: Socket; readonly handlers: SocketHandlers } | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  connect(handlers: SocketHandlers): Socket {
    if (!this.#isOpen) {
      queueMicrotask(() => handlers.closed(LOST));
      return { encoding: "proto", send: () => undefined, close: () => undefined };
    }
    const socket = this.#transport.connect(handlers);
    this.#current = { socket, handlers };
    return socket;
  }

  open(): void {
    this.#isOpen = true;
  }

  close(): void {
    this.#isOpen = false;
    this.#current?.socket.close();
    this.#current?.handlers.closed(LOST);
    this.#current = undefined;
  }
}
