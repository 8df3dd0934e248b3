import { Database } from "bun:sqlite";
import { rmSync, writeFileSync } from "node:fs";
import { drawLatency, type Latency } from "../network/latency.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { PutOff } from "./putting-off.ts";

const HEALTHY: Latency = { fromMs: 0.1, toMs: 3 };

const SELDOM = 0.03;

/** When a commit reaches the disk. `lazy` is a database that acknowledges before it has synced. */
export type Syncing = "at commit" | "lazy";

/** How long a lazy disk may hold back what it was given. */
const LAZY_SYNC_EVERY_MS = 2_000;

/**
 * The server's disk: one SQLite database in a file, with the troubles of disks. It outlives the processes that use it; what it holds after a crash
 * is what had been synced.
 */
export class Storage {
  /** Nothing can be written while it is full. */
  full = false;
  /** A conversation that cannot be written for now, while the others can. */
  putOff: PutOff | undefined;
  readLatency = HEALTHY;
  writeLatency = HEALTHY;
  /** How often a statement in the middle of a transaction takes its time, so that a process can die there, or a read be overtaken. */
  readPauses = SELDOM;
  writePauses = SELDOM;
  readonly #path: string;
  readonly #random: SeededRandom;
  readonly #syncing: Syncing;
  readonly #now: () => number;
  readonly #open = new Set<Database>();
  #synced: { readonly at: number; readonly image: Uint8Array } | undefined;

  constructor(path: string, random: SeededRandom, now: () => number, syncing: Syncing) {
    this.#path = path;
    this.#random = random;
    this.#now = now;
    this.#syncing = syncing;
  }

  /** A connection of a process. Everything that is open is lost in the next crash. */
  open(): Database {
    const database = new Database(this.#path, { create: true, strict: true });
    // The file lives in memory: what a crash keeps is decided here, not by the file system.
    database.run("PRAGMA journal_mode = WAL");
    database.run("PRAGMA synchronous = OFF");
    this.#open.add(database);
    return database;
  }

  delayMs(mode: "read" | "write"): number {
    return drawLatency(this.#random, mode === "read" ? this.readLatency : this.writeLatency);
  }

  heal(): void {
    this.full = false;
    this.putOff = undefined;
    this.readLatency = HEALTHY;
    this.writeLatency = HEALTHY;
    this.readPauses = SELDOM;
    this.writePauses = SELDOM;
  }

  /** To be called after each commit. */
  committed(database: Database): void {
    if (this.#syncing === "at commit") return;
    if (this.#synced === undefined || this.#now() - this.#synced.at >= LAZY_SYNC_EVERY_MS) {
      this.#synced = { at: this.#now(), image: database.serialize() };
    }
  }

  /** Every process is dead; open transactions are undone. */
  crash(): void {
    for (const database of this.#open) {
      if (database.inTransaction) database.run("ROLLBACK");
      database.close();
    }
    this.#open.clear();
    if (this.#syncing === "lazy" && this.#synced !== undefined) this.replace(this.#synced.image);
  }

  /** A connection to look through, which no crash ends. Close it at once. */
  peek(): Database {
    return new Database(this.#path, { readwrite: true, strict: true });
  }

  /** Everything that is stored now. */
  image(): Uint8Array {
    const database = this.peek();
    const image = database.serialize();
    database.close();
    return image;
  }

  /** Puts an image in the place of the database. Nothing may be open. */
  replace(image: Uint8Array): void {
    this.remove();
    writeFileSync(this.#path, image);
  }

  remove(): void {
    for (const suffix of ["", "-wal", "-shm"]) rmSync(`${this.#path}${suffix}`, { force: true });
  }
}
