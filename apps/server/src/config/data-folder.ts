import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The data folder cannot be used. The message is one sentence for the person who runs the server. */
export class DataFolderError extends Error {
  override readonly name = "DataFolderError";
}

/** Makes the data folder if it is not there, for its owner only, and makes sure that it can be written. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new DataFolderError(`The data folder ${folder} ${reasonOf(error)}`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "cannot be written: change its permissions, or set PARLEY_DATA to another folder.";
    case "ENOSPC":
    case "EDQUOT":
      return "is on a full disk: free some space, or set PARLEY_DATA to a folder on another disk.";
    case "EEXIST":
    case "ENOTDIR":
      return "is not a folder: move that file away, or set PARLEY_DATA to another folder.";
    default:
      return `cannot be used (${String(code ?? error)}): set PARLEY_DATA to another folder.`;
  }
}
