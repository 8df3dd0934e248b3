import type { Statements } from "@parley/server/parts";
import { comeToRest } from "../come-to-rest.ts";
import type { Mutant } from "../mutants/mutant.ts";
import { World } from "../world.ts";
import type { Case } from "./case.ts";
import { type CaseName, cases } from "./cases.ts";
import { Stage } from "./stage.ts";

/** Plays a case from the beginning to rest; the hash of all that happened. Throws at the first thing that should not be. */
export async function playCase(name: CaseName, statements: Statements, mutant?: Mutant): Promise<string> {
  const played: Case = cases[name];
  const { devices, kinds = {}, messageRequests = false } = played;
  const world = new World({ seed: name, devices, kinds, messageRequests, mutant, keepLines: 60, statements });
  try {
    await world.begin(played.late);
    const stage = new Stage(world);
    await played.play(stage);
    await comeToRest(world);
    played.atRest?.(stage);
    return world.trace.hash;
  } finally {
    world.end();
  }
}
