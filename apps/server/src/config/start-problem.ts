import { DataFolderInUse } from "../accounts/accounts-database.ts";
import { StoreError } from "../store/store-error.ts";
import { DataFolderError } from "./data-folder.ts";
import type { Config } from "./read-config.ts";
import { ConfigError } from "./read-config.ts";

/** What kept the server from starting, in one sentence for the person who starts it; undefined if it is a fault of the server's own. */
export function startProblem(error: unknown, config: Config | undefined): string | undefined {
  if (error instanceof ConfigError || error instanceof DataFolderError) return error.message;
  const folder = config?.dataFolder ?? "";
  if (error instanceof DataFolderInUse || error instanceof StoreError) return `${error.message} Data folder: ${folder}`;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL" || code === "SQLITE_IOERR_SHMSIZE") {
    return `The data folder ${folder} is on a full disk: free some space, or set PARLEY_DATA to a folder on another disk.`;
  }
  if (code.startsWith("SQLITE_")) {
    return `The database of accounts cannot be opened (${code}). Restore it from a backup, or check the permissions of the data folder. Data folder: ${folder}`;
  }
  if (config === undefined) return undefined;
  const { host, port } = config;
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is in use: stop what uses it, or set PORT to another number.`;
    case "EACCES":
      return `Port ${port} may not be used by this user: set PORT to a number above 1023.`;
    case "EADDRNOTAVAIL":
    case "EINVAL":
      return `HOST ${host} is not an address of this machine.`;
    default:
      return undefined;
  }
}
