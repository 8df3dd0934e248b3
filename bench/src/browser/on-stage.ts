import { launchChromium } from "@parley/e2e/chromium";
import type { ServerProcess } from "@parley/rig";
import type { Browser } from "playwright-core";
import { FamilyDisturbance } from "../measure/family-disturbance.ts";
import { onServer } from "../rows/on-server.ts";
import type { Bench } from "../rows/row.ts";
import { ensureBrowser } from "./ensure-browser.ts";
import { foundVillage, type Village, type VillageOptions } from "./village.ts";

/** What one run in a browser has. */
export interface Stage {
  /** Its data folder; where a profile can be made beside. */
  readonly folder: string;
  readonly server: ServerProcess;
  readonly browser: Browser;
  readonly village: Village;
}

/** What one run found, with what else the machine did meanwhile. */
export type Seen<Result> = Result & { readonly disturbance: number };

/** Does something once for each run of the bench: a fresh village, a server process on it, and a browser with a fresh profile. */
export async function onStage<Result extends object>(
  bench: Bench,
  title: string,
  village: Omit<VillageOptions, "folder">,
  play: (stage: Stage) => Promise<Result>,
): Promise<Seen<Result>[]> {
  await ensureBrowser();
  const seen: Seen<Result>[] = [];
  for (let run = 0; run < bench.runs; run++) {
    bench.report(`   ${title} ${run + 1} of ${bench.runs}`);
    seen.push(await playOnce(`${bench.folder}/${title.replaceAll(" ", "-")}-${run}`, village, play));
  }
  return seen;
}

async function playOnce<Result extends object>(
  folder: string,
  options: Omit<VillageOptions, "folder">,
  play: (stage: Stage) => Promise<Result>,
): Promise<Seen<Result>> {
  const village = await foundVillage({ folder, ...options });
  return onServer(folder, {}, async (server) => {
    const browser = await launchChromium();
    try {
      const disturbance = new FamilyDisturbance();
      const result = await play({ folder, server, browser, village });
      return { ...result, disturbance: disturbance.cores() };
    } finally {
      await browser.close();
    }
  });
}
