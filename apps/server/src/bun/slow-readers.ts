import { Backlogs } from "../connection/backlogs.ts";

/** A device that lets this much wait for it is disconnected and resumes from the log. Larger than a long catch-up ever hands over at once. */
const WAITING_AT_MOST_BYTES = 4 * 1024 * 1024;
/**
 * Each time that this much was handed out, to one or to many, everybody is looked at: a kilobyte for each of them, so that looking costs little however
 * many they are, within these bounds.
 */
const LOOK_EVERY_BYTES = { each: 1024, atLeast: 256 * 1024, atMost: 1024 * 1024 } as const;
/** With fewer sockets than this, those that have closed may stay until the next look. */
const FEW_SOCKETS = 1_000;

/**
 * Beyond this the runtime drops what is sent and ends the socket without a word. Room for what waits, for what is handed out until the next look, and for
 * the farewell.
 */
export const RUNTIME_LIMIT_BYTES = WAITING_AT_MOST_BYTES + 4 * LOOK_EVERY_BYTES.atMost;

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
  #lookAfterBytes: number = LOOK_EVERY_BYTES.atLeast;
  #lookFrom = FEW_SOCKETS;

  watch(reader: Reader): void {
    if (this.#readers.size >= this.#lookFrom) this.#look();
    this.#readers.add(reader);
  }

  handedOut(bytes: number): void {
    this.#handedOut += bytes;
    if (this.#handedOut >= this.#lookAfterBytes) this.#look();
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
    const { each, atLeast, atMost } = LOOK_EVERY_BYTES;
    this.#lookAfterBytes = Math.min(Math.max(each * this.#readers.size, atLeast), atMost);
    this.#lookFrom = Math.max(FEW_SOCKETS, 2 * this.#readers.size);
  }

  #end(reader: Reader): void {
    this.#readers.delete(reader);
    reader.tooSlow();
  }
}
