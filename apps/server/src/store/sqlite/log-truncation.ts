import type { Turns } from "../turns.ts";
import type { SqliteConnection } from "./sqlite-connection.ts";

/** What was erased is gone from the files after this time, or this time later if a long read was under way then. */
export const TRUNCATED_AFTER_MS = 60_000;

/**
 * Erased bytes are overwritten in their page at once. But pages as they were stay in the write-ahead log, and in the file until that log is copied
 * into it. Both are brought up to date some time after something was erased, and after the start: nothing is done for what is only written.
 */
export class LogTruncation {
  readonly #connection: SqliteConnection;
  readonly #turns: Turns;
  readonly #afterMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(connection: SqliteConnection, turns: Turns, afterMs: number) {
    this.#connection = connection;
    this.#turns = turns;
    this.#afterMs = afterMs;
  }

  /** Something was, or may have been, erased. */
  erased(): void {
    if (this.#stopped) return;
    this.#timer ??= setTimeout(() => void this.#truncate(), this.#afterMs);
  }

  /** Closing the file does the same. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #truncate(): Promise<void> {
    this.#timer = undefined;
    // On a disk that is full there may be no room to copy: later, then.
    const done = await this.#turns.take(async () => this.#connection.truncateLog()).catch(() => false);
    if (!done) this.erased();
  }
}
