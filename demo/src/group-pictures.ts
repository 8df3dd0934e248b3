import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dir, "../pictures");
/** The groups that have one. Drawn for the demo: nobody is in any of them. */
const files: Readonly<Record<string, string>> = {
  "Balloon club": "balloon-club.jpg",
  "Tea tasting": "tea-tasting.jpg",
  "Lighthouse rota": "lighthouse-rota.jpg",
  "Kite repair": "kite-repair.jpg",
  "Pond watch": "pond-watch.jpg",
  Stargazers: "stargazers.jpg",
};

/** The picture of the group of this title; undefined where it has none. */
export function groupPicture(title: string): Uint8Array | undefined {
  const file = files[title];
  return file === undefined ? undefined : new Uint8Array(readFileSync(join(FOLDER, file)));
}
