import { Database } from "bun:sqlite";
import { StoreError } from "../store-error.ts";
import { damaged, storeErrorOf } from "./sqlite-errors.ts";

/** Written into the header of every file: "PARL". */
const APPLICATION_ID = 0x5041524c;

/** How long a connection waits for another one's lock. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * After how many pages (16 MiB) the write-ahead log is copied into the file and written anew from its beginning. A page that many commits change is copied once, so the longer
 * the log, the less is copied. But until it was once so long, each sync waits for the file to grow, and erased bytes stay in it.
 */
const CHECKPOINT_PAGES = 4_096;

/** The pages that a batch in many conversations changes, and some more. */
const WRITING_CACHE_KIB = 16_384;
/** Of each connection: the upper pages of the trees of a large file. Where they have no room, everybody's return reads a page of them for each row. */
const READING_CACHE_KIB = 8_192;

/** Up to this size a file is looked through before it is used, each index against its table; that takes a third of a second. */
const CHECKED_WHOLE_BYTES = 32 * 1_024 * 1_024;
/** Up to this size each page is looked at, in half a second; the damage of a larger file shows when it is met. Everybody waits for a server that starts. */
const CHECKED_BYTES = 256 * 1_024 * 1_024;

/** Opens the file for writing, makes it if there is none, and checks that it is a sound database. */
export function openForWriting(path: string): Database {
  return sound(() => {
    const database = new Database(path, { create: true, readwrite: true, strict: true });
    prepareForWriting(database);
    check(database);
    return database;
  });
}

/** Settings of a connection that writes: commits reach the disk, and what was erased is overwritten. */
export function prepareForWriting(database: Database): void {
  database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  claim(database);
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA synchronous = FULL");
  database.run(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.run(`PRAGMA cache_size = ${-WRITING_CACHE_KIB}`);
  database.run("PRAGMA secure_delete = ON");
  database.run("PRAGMA trusted_schema = OFF");
  // SQLite opens for reading what it may not write, and says so only at the first write.
  database.run("BEGIN IMMEDIATE");
  database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
  database.run("ROLLBACK");
}

/** Finds pages that cannot be what they are said to be. SQLite keeps no checksums of them: a wrong letter in a message is not found. */
function check(database: Database): void {
  const pages = database.query<{ page_count: number }, []>("PRAGMA page_count").get()?.page_count ?? 0;
  const pageBytes = database.query<{ page_size: number }, []>("PRAGMA page_size").get()?.page_size ?? 0;
  const bytes = pages * pageBytes;
  if (bytes > CHECKED_BYTES) return;
  const pragma = bytes > CHECKED_WHOLE_BYTES ? "quick_check" : "integrity_check";
  const [found] = database.query<[string], []>(`PRAGMA ${pragma}(1)`).values()[0] ?? [];
  if (found !== "ok") throw new StoreError(damaged.kind, damaged.message, { cause: found });
}

/** Marks a new file as Parley's, and refuses what another program has made. */
function claim(database: Database): void {
  const { application_id: owner } = database.query<{ application_id: number }, []>("PRAGMA application_id").get() ?? {};
  if (owner === APPLICATION_ID) return;
  if (owner !== 0 || database.query("SELECT 1 FROM sqlite_schema").get() !== null) {
    throw new StoreError("corrupt", "The database file belongs to another program. Move it away to start empty.");
  }
  database.run(`PRAGMA application_id = ${APPLICATION_ID}`);
}

/** Opens a file that `openForWriting` has made. */
export function openForReading(path: string): Database {
  return sound(() => {
    const database = new Database(path, { readwrite: true, strict: true });
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.run("PRAGMA query_only = ON");
    database.run(`PRAGMA cache_size = ${-READING_CACHE_KIB}`);
    database.run("PRAGMA trusted_schema = OFF");
    return database;
  });
}

function sound(open: () => Database): Database {
  try {
    return open();
  } catch (error) {
    const known = storeErrorOf(error);
    if (known !== undefined) throw new StoreError(known.kind, known.message, { cause: error });
    throw error;
  }
}
