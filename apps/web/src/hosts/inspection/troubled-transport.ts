import type { Clock, Random, Socket, SocketClosed, SocketHandlers, Transport, TransportWay } from "@parley/client";
import type { EncodedFrame } from "@parley/protocol";
import type { Trouble } from "../../features/inspector/view-model/inspector.ts";

/** Who is told of each frame, as it leaves or arrives, and of the connection under them. */
export interface TransportListener {
  opened(way: TransportWay | undefined): void;
  closed(why: SocketClosed): void;
  sent(socket: Socket, frame: EncodedFrame): void;
  received(socket: Socket, frame: EncodedFrame): void;
}

export interface TroubledTransportParts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  readonly trouble: () => Trouble;
  readonly listener: TransportListener;
}

/** A transport whose frames can be listened to, slowed down and lost on purpose. Without trouble it adds nothing but a call. */
export function troubledTransport(parts: TroubledTransportParts): Transport {
  return {
    connect: (handlers) => new TroubledConnection(parts, handlers).open(),
  };
}

class TroubledConnection implements SocketHandlers {
  readonly #parts: TroubledTransportParts;
  readonly #handlers: SocketHandlers;
  readonly #out: DelayedLine;
  readonly #in: DelayedLine;
  #socket: Socket | undefined;
  /** A frame was lost: nothing passes any more, and nobody is told. */
  #halfOpen = false;
  #ended = false;

  constructor(parts: TroubledTransportParts, handlers: SocketHandlers) {
    this.#parts = parts;
    this.#handlers = handlers;
    this.#out = new DelayedLine(parts);
    this.#in = new DelayedLine(parts);
  }

  open(): Socket {
    const socket = this.#parts.transport.connect(this);
    this.#socket = socket;
    return {
      encoding: socket.encoding,
      send: (frame) => this.#send(socket, frame),
      close: () => {
        this.#ended = true;
        socket.close();
      },
    };
  }

  opened(way?: TransportWay): void {
    this.#in.pass(() => {
      this.#parts.listener.opened(way);
      this.#handlers.opened(way);
    });
  }

  received(frame: EncodedFrame): void {
    if (this.#isLost()) return;
    this.#in.pass(() => {
      if (this.#ended) return;
      if (this.#socket !== undefined) this.#parts.listener.received(this.#socket, frame);
      this.#handlers.received(frame);
    });
  }

  closed(why: SocketClosed): void {
    if (this.#halfOpen) return;
    this.#in.pass(() => {
      this.#parts.listener.closed(why);
      this.#handlers.closed(why);
    });
  }

  #send(socket: Socket, frame: EncodedFrame): void {
    this.#parts.listener.sent(socket, frame);
    if (!this.#isLost()) this.#out.pass(() => socket.send(frame));
  }

  #isLost(): boolean {
    const { trouble, random } = this.#parts;
    const { loss } = trouble();
    this.#halfOpen ||= loss > 0 && random.fraction() < loss;
    return this.#halfOpen;
  }
}

/** What passes keeps its order, however the delay is changed meanwhile. */
class DelayedLine {
  readonly #parts: TroubledTransportParts;
  #under = 0;
  /** When the last one is due, by `Clock.elapsed`. */
  #lastDue = 0;

  constructor(parts: TroubledTransportParts) {
    this.#parts = parts;
  }

  pass(run: () => void): void {
    const { trouble, clock } = this.#parts;
    const { latencyMs } = trouble();
    if (latencyMs === 0 && this.#under === 0) {
      run();
      return;
    }
    const now = clock.elapsed();
    this.#lastDue = Math.max(this.#lastDue, now + latencyMs);
    this.#under += 1;
    clock.after(this.#lastDue - now, () => {
      this.#under -= 1;
      run();
    });
  }
}
