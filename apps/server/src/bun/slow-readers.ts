import { ProblemCode } from "@parley/protocol";
import { Backlogs } from "../connection/backlogs.ts";
import type { BunSocket } from "./bun-socket.ts";

/** A device that lets this much wait for it is disconnected and resumes from the log. Larger than a long catch-up ever hands over at once. */
const WAITING_AT_MOST_BYTES = 4 * 1024 * 1024;
/** Each time that this much was handed out, to one or to many, everybody is looked at. */
const LOOK_EVERY_BYTES = 256 * 1024;
/** With fewer sockets than this, those that have closed may stay until the next look. */
const FEW_SOCKETS = 1_000;

/**
 * Beyond this the runtime drops what is sent and ends the socket without a word. Room for what waits, for what is handed out until the next look, and for
 * the farewell.
 */
export const RUNTIME_LIMIT_BYTES = WAITING_AT_MOST_BYTES + 4 * 1024 * 1024;

/** Notices who reads too slowly, alone or together with others of the same account, for the runtime tells nobody that what it fans out has to wait. */
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
    const backlogs = new Backlogs<BunSocket>();
    for (const socket of this.#sockets) {
      if (socket.ws.readyState !== WebSocket.OPEN) this.#sockets.delete(socket);
      else {
        const bytes = socket.waiting();
        if (bytes > WAITING_AT_MOST_BYTES) this.#end(socket);
        else backlogs.add(socket.ws.data.visitor?.account, socket, bytes);
      }
    }
    for (const socket of backlogs.tooMuch()) this.#end(socket);
    this.#lookFrom = Math.max(FEW_SOCKETS, 2 * this.#sockets.size);
  }

  #end(socket: BunSocket): void {
    this.#sockets.delete(socket);
    socket.ws.data.connection?.dismiss(ProblemCode.TOO_SLOW, 0);
  }
}
