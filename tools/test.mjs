/**
 * Everything that must hold before a change is taken in, stage by stage.
 *
 *     npm test                     all stages
 *     npm test -- types lint       only these
 */
import { ensureInstalled } from "./install.mjs";
import { fail, requireNode } from "./project.mjs";
import { Report } from "./test/report.mjs";
import { stages } from "./test/stages.mjs";

async function main() {
  requireNode();
  const chosen = chooseStages(process.argv.slice(2));
  await ensureInstalled();
  const report = new Report();
  for (const stage of chosen) await report.run(stage);
  report.close();
}

function chooseStages(names) {
  for (const name of names) {
    if (!stages.some((stage) => stage.name === name)) {
      fail(`There is no stage "${name}". Stages: ${stages.map((stage) => stage.name).join(", ")}.`);
    }
  }
  return names.length === 0
    ? stages.filter(({ onRequest }) => !onRequest)
    : stages.filter((stage) => names.includes(stage.name));
}

await main();
