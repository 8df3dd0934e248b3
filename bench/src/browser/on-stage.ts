import { cpSync } from "node:fs";
import { launchChromium } from "@parley/e2e/chromium";
import type { ServerProcess } from "@parley/rig";
import type { Browser } from "playwright-core";
import { FamilyDisturbance } from "../measure/family-disturbance.ts";
import { onServer } from "../rows/on-server.ts";
import type { Bench } from "../rows/row.ts";
import { ensureBrowser } from "./ensure-browser.ts";
import type { Home } from "./home.ts";
import type { Village } from "./village.ts";

/** What one run in a browser has. */
export interface Stage<Where extends Home = Village> {
  /** Its data folder; where a profile can be made beside. */
  readonly folder: string;
  readonly server: ServerProcess;
  readonly browser: Browser;
  readonly home: Where;
}

/** What one run found, with what else the machine did meanwhile. */
export type Seen<Result> = Result & { readonly disturbance: number };

/** Does something once for each run of the bench: a server process on a copy of the same folder, and a browser with a fresh profile. */
export async function onStage<Where extends Home, Result extends object>(
  bench: Bench,
  title: string,
  found: (folder: string) => Promise<Where>,
  play: (stage: Stage<Where>) => Promise<Result>,
): Promise<Seen<Result>[]> {
  await ensureBrowser();
  const original = `${bench.folder}/${title.replaceAll(" ", "-")}`;
  bench.report(`   ${title}: filling a data folder`);
  const home = await found(original);
  const seen: Seen<Result>[] = [];
  for (let run = 0; run < bench.runs; run++) {
    bench.report(`   ${title} ${run + 1} of ${bench.runs}`);
    const folder = `${original}-${run}`;
    cpSync(original, folder, { recursive: true });
    seen.push(await playOnce(folder, home, play));
  }
  return seen;
}

function playOnce<Where extends Home, Result extends object>(
  folder: string,
  home: Where,
  play: (stage: Stage<Where>) => Promise<Result>,
): Promise<Seen<Result>> {
  return onServer(folder, {}, async (server) => {
    const browser = await launchChromium();
    try {
      const disturbance = new FamilyDisturbance();
      const result = await play({ folder, server, browser, home });
      return { ...result, disturbance: disturbance.cores() };
    } finally {
      await browser.close();
    }
  });
}
