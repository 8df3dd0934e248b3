import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@parley/simulation";
import type { Outcome, Scenario } from "./scenario.ts";

/** Plays a scenario in a folder of its own. The seed decides what is done, not when: real processes have a time of their own. */
export async function play(scenario: Scenario, seed: number, times: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), `parley-${scenario.name}-`));
  try {
    return await scenario.play({ random: new SeededRandom(`${scenario.name} ${seed}`), folder, times });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
