import { create } from "@bufbuild/protobuf";
import { ClientFrameSchema, type EncodedFrame, encodeClientFrame } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Socket, SocketHandlers, Transport } from "../ports/transport.ts";

/** A socket that works answers a Ping by then. */
const WITHIN_MS = 5_000;

/** Opens a socket and looks whether it works, without saying Hello on it. */
export class SocketTrial {
  readonly socket: Socket;
  readonly #clock: Clock;
  readonly #ended: (worked: boolean) => void;
  readonly #stopWaiting: () => void;
  #answered = false;
  #failed = false;
  #handlers: SocketHandlers | undefined;

  /** @param ended is told whether a frame came back; and once more if a socket that worked ended before it was handed over */
  constructor(transport: Transport, clock: Clock, ended: (worked: boolean) => void) {
    this.#clock = clock;
    this.#ended = ended;
    this.#stopWaiting = clock.after(WITHIN_MS, () => this.#fail());
    this.socket = transport.connect({
      opened: () => this.#ask(),
      received: (frame) => this.#received(frame),
      closed: (why) => (this.#handlers === undefined ? this.#fail() : this.#handlers.closed(why)),
    });
  }

  /** From now on it is the socket of these. */
  handOver(handlers: SocketHandlers): Socket {
    this.#handlers = handlers;
    return this.socket;
  }

  /** In a turn of its own: the socket may open before it is known here. */
  #ask(): void {
    const ping = create(ClientFrameSchema, { frame: { case: "ping", value: { nonce: 1 } } });
    this.#clock.after(0, () => this.socket.send(encodeClientFrame(this.socket.encoding, ping)));
  }

  #received(frame: EncodedFrame): void {
    if (this.#handlers !== undefined) {
      this.#handlers.received(frame);
      return;
    }
    if (this.#answered || this.#failed) return;
    this.#answered = true;
    this.#stopWaiting();
    this.#ended(true);
  }

  #fail(): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#stopWaiting();
    this.socket.close();
    this.#ended(false);
  }
}
