import type { Clock, SocketHandlers, Transport } from "@parley/client";

/** The life of one process of a device. When it ends, nothing of it goes on: no timer fires, nothing is sent, nothing is heard. */
export class Life {
  readonly #ends: (() => void)[] = [];
  #over = false;

  get over(): boolean {
    return this.#over;
  }

  end(): void {
    this.#over = true;
    for (const task of this.#ends.splice(0)) task();
  }

  onEnd(task: () => void): void {
    this.#ends.push(task);
  }

  clock(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      after: (delayMs, task) => clock.after(delayMs, () => this.#over || task()),
    };
  }

  transport(transport: Transport): Transport {
    return { connect: (handlers) => this.#connect(transport, handlers) };
  }

  /** The system closes the sockets of a process that dies. */
  #connect(transport: Transport, handlers: SocketHandlers) {
    const socket = transport.connect({
      opened: () => this.#over || handlers.opened(),
      received: (frame) => this.#over || handlers.received(frame),
      closed: (closed) => this.#over || handlers.closed(closed),
    });
    this.onEnd(() => socket.close());
    return {
      encoding: socket.encoding,
      send: (frame: Parameters<typeof socket.send>[0]) => {
        if (!this.#over) socket.send(frame);
      },
      close: () => socket.close(),
    };
  }
}
