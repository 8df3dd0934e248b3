import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SeededRandom } from "@parley/simulation";
import type { Outcome, Scenario } from "./scenario.ts";

/** A fault that is repeated is never made less often. */
const TIMES_AT_LEAST = 3;

/** Plays a scenario in a folder of its own. The seed decides what is done, not when: real processes have a time of their own. */
export async function play(scenario: Scenario, seed: number, kills: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), `parley-${scenario.name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const times = scenario.share === undefined ? 1 : Math.max(TIMES_AT_LEAST, Math.round(scenario.share * kills));
  try {
    return await scenario.play({ random: new SeededRandom(`${scenario.name} ${seed}`), folder, times });
  } finally {
    process.off("exit", remove);
    remove();
  }
}
