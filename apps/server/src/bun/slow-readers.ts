import { Backlogs } from "../connection/backlogs.ts";

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

/** Somebody who is sent what they may not read in time. */
interface Reader {
  /** Undefined without a session. */
  readonly account: string | undefined;
  readonly open: boolean;
  /** Bytes that wait to leave. */
  waiting(): number;
  /** Ends its connection. */
  tooSlow(): void;
}

/** Notices who reads too slowly, alone or together with others of the same account, for the runtime tells nobody that what it fans out has to wait. */
export class SlowReaders {
  readonly #readers = new Set<Reader>();
  #handedOut = 0;
  #lookFrom = FEW_SOCKETS;

  watch(reader: Reader): void {
    if (this.#readers.size >= this.#lookFrom) this.#look();
    this.#readers.add(reader);
  }

  handedOut(bytes: number): void {
    this.#handedOut += bytes;
    if (this.#handedOut >= LOOK_EVERY_BYTES) this.#look();
  }

  #look(): void {
    this.#handedOut = 0;
    const backlogs = new Backlogs<Reader>();
    for (const reader of this.#readers) {
      if (!reader.open) this.#readers.delete(reader);
      else {
        const bytes = reader.waiting();
        if (bytes > WAITING_AT_MOST_BYTES) this.#end(reader);
        else backlogs.add(reader.account, reader, bytes);
      }
    }
    for (const reader of backlogs.tooMuch()) this.#end(reader);
    this.#lookFrom = Math.max(FEW_SOCKETS, 2 * this.#readers.size);
  }

  #end(reader: Reader): void {
    this.#readers.delete(reader);
    reader.tooSlow();
  }
}
