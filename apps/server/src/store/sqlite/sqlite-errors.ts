import { SQLiteError } from "bun:sqlite";
import type { StoreErrorKind } from "../store-error.ts";

interface Known {
  readonly kind: StoreErrorKind;
  readonly message: string;
}

/** What an error of SQLite means for the person who runs the server; undefined for errors of our own making. */
export function storeErrorOf(error: unknown): Known | undefined {
  const code = error instanceof SQLiteError ? (error.code ?? "") : "";
  // Extended codes begin with the plain one, such as SQLITE_IOERR_WRITE.
  return known.find(([prefix]) => code.startsWith(prefix))?.[1];
}

const full: Known = { kind: "full", message: "There is no space left to store data. Free some space." };

export const damaged: Known = {
  kind: "corrupt",
  message: "The database file is damaged. Restore it from a backup, or move it away to start empty.",
};

const known: readonly (readonly [string, Known])[] = [
  ["SQLITE_FULL", full],
  // The index of the write-ahead log could not grow. The commit may be found after a restart, which is no harm: what was not answered is sent again.
  ["SQLITE_IOERR_SHMSIZE", full],
  [
    "SQLITE_IOERR",
    {
      kind: "failing",
      message: "The database file cannot be read or written (disk I/O error). Check the disk and the file system.",
    },
  ],
  ["SQLITE_CORRUPT", damaged],
  [
    "SQLITE_NOTADB",
    {
      kind: "corrupt",
      message: "The database file is not a database. Restore it from a backup, or move it away to start empty.",
    },
  ],
  [
    "SQLITE_READONLY",
    { kind: "unwritable", message: "The database file cannot be written. Check the permissions of the data folder." },
  ],
  [
    "SQLITE_CANTOPEN",
    { kind: "unwritable", message: "The database file cannot be opened. Check the permissions of the data folder." },
  ],
];
