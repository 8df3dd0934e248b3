import { Database } from "bun:sqlite";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { prepareForWriting } from "@parley/server/core";
import { writeMessageId } from "../load/message-id.ts";
import { TEXT_CHARACTERS } from "../load/post-template.ts";

const schema = `CREATE TABLE messages (
  conversation TEXT NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  author TEXT NOT NULL,
  sent_at REAL NOT NULL,
  received_at REAL NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (conversation, seq)
) WITHOUT ROWID`;

/**
 * What a message needs (its id, its author, two times and its content), one row for each, in one table with the key (conversation, seq), on a connection with the settings
 * of the server: WAL mode, synchronous=FULL, its sizes of log and cache. Every value changes from row to row. It judges nothing, links nothing and checks no id.
 */
export class RawLog {
  readonly #database: Database;
  readonly #insert;
  readonly #conversations: string[];
  readonly #authors: string[];
  readonly #content = new Uint8Array(TEXT_CHARACTERS + 6).fill(0x61);
  readonly #id = Buffer.alloc(36);
  readonly #path: string;
  #rows = 0;

  constructor(folder: string, conversations: number) {
    this.#path = join(folder, `raw-log-${process.pid}.db`);
    this.#database = new Database(this.#path, { create: true, strict: true });
    prepareForWriting(this.#database);
    this.#database.run(schema);
    this.#insert = this.#database.prepare<never, [string, number, string, string, number, number, Uint8Array]>(
      "INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?)",
    );
    this.#conversations = Array.from({ length: conversations }, () => crypto.randomUUID());
    this.#authors = Array.from({ length: 2 * conversations }, () => crypto.randomUUID());
  }

  /** One durable transaction. */
  commit(rows: number): void {
    this.#database.run("BEGIN IMMEDIATE");
    const now = Date.now();
    for (let count = 0; count < rows; count++) this.#row(now);
    this.#database.run("COMMIT");
  }

  #row(now: number): void {
    const number = this.#rows++;
    const place = number % this.#conversations.length;
    const author = number % this.#authors.length;
    writeMessageId(this.#id, 0, now, author % 4_096, number);
    this.#content[number % this.#content.length] = 0x61 + (number % 26);
    this.#insert.run(
      this.#conversations[place] ?? "",
      Math.floor(number / this.#conversations.length) + 1,
      this.#id.toString("latin1"),
      this.#authors[author] ?? "",
      now - (number % 1_000),
      now,
      this.#content,
    );
  }

  /** Closes it and leaves nothing of it behind. */
  remove(): void {
    this.#database.close();
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${this.#path}${suffix}`, { force: true });
  }
}
