import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataFolderError, prepareDataFolder } from "@parley/server";

/** Lies in every folder that the demo has made, so that it never plays in anybody's own data. */
const MARKER = "demo";
/** Where it is made, until it is complete. */
const DRAFT = "demo-draft";

/** Fills the demo's folder, once. What an interrupted start left half done is made again; a folder with other things in it is refused. */
export async function ensureMade(folder: string, make: (draft: string) => Promise<void>): Promise<void> {
  prepareDataFolder(folder);
  if (existsSync(join(folder, MARKER))) return;
  if (readdirSync(folder).some((name) => name !== DRAFT)) {
    throw new DataFolderError(
      `The folder ${folder} holds something that the demo did not make: set PARLEY_DATA to another folder.`,
    );
  }
  const draft = join(folder, DRAFT);
  rmSync(draft, { recursive: true, force: true });
  await make(draft);
  for (const name of readdirSync(draft)) renameSync(join(draft, name), join(folder, name));
  writeFileSync(join(folder, MARKER), "");
  rmSync(draft, { recursive: true });
}
