import { ProblemCode } from "@parley/protocol";
import type { BunSocket } from "./bun-socket.ts";

/** A device that lets this much wait for it is disconnected and resumes from the log. Larger than a long catch-up ever hands over at once. */
const WAITING_AT_MOST_BYTES = 4 * 1024 * 1024;
/** Each time that this much was handed out, to one or to many, everybody is looked at. */
const LOOK_EVERY_BYTES = 1024 * 1024;
/** With fewer sockets than this, those that have closed may stay until the next look. */
const FEW_SOCKETS = 1_000;

/**
 * Beyond this the runtime drops what is sent and ends the socket without a word. Room for what waits, for what is handed out until the next look, and for
 * the farewell.
 */
export const RUNTIME_LIMIT_BYTES = WAITING_AT_MOST_BYTES + 4 * LOOK_EVERY_BYTES;

/** Notices who reads too slowly, for the runtime tells nobody that what it fans out has to wait. */
export class SlowReaders {
  readonly #sockets = new Set<BunSocket>();
  #handedOut = 0;
  #lookFrom = FEW_SOCKETS;

  watch(socket: BunSocket): void {
    if (this.#sockets.size >= this.#lookFrom) this.#look();
    this.#sockets.add(socket);
  }

  handedOut(bytes: number): void {
    this.#handedOut += bytes;
    if (this.#handedOut >= LOOK_EVERY_BYTES) this.#look();
  }

  #look(): void {
    this.#handedOut = 0;
    for (const socket of this.#sockets) {
      const isOpen = socket.ws.readyState === WebSocket.OPEN;
      const isSlow = isOpen && socket.waiting() > WAITING_AT_MOST_BYTES;
      if (!isOpen || isSlow) this.#sockets.delete(socket);
      if (isSlow) socket.ws.data.connection?.dismiss(ProblemCode.TOO_SLOW, 0);
    }
    this.#lookFrom = Math.max(FEW_SOCKETS, 2 * this.#sockets.size);
  }
}
