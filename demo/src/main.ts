import { join } from "node:path";
import { type Config, readConfig, startNode, startProblem } from "@parley/server";
import { SeededRandom } from "@parley/simulation";
import { password, shown } from "./credentials.ts";
import { ensureMade } from "./demo-folder.ts";
import { keepChatting } from "./live.ts";
import { seed } from "./seed.ts";

const WEB_FOLDER = join(import.meta.dir, "../../apps/web/dist");
const SEED = "parley";
const LONG_HISTORY = 100_000;
const HOUR_MS = 60 * 60 * 1_000;

async function main(): Promise<void> {
  const live = process.argv.slice(2).includes("--live");
  let config: Config | undefined;
  try {
    config = readConfig({ ...process.env, PARLEY_DATA: process.env["PARLEY_DATA"] ?? "data/demo" });
    await ensureMade(config.dataFolder, makePast);
    const stopping = new AbortController();
    const node = await startNode({ config, webFolder: WEB_FOLDER, onBroken: (error) => fail(error) });
    console.log(`Parley's demo is running at ${node.url}`);
    console.log(`Everything is stored in ${config.dataFolder}`);
    console.log(`Sign in as ${shown.userName} with password ${password}`);
    const chatting = live ? keepChatting(node.url, new SeededRandom(String(Date.now())), stopping.signal) : undefined;
    if (live) console.log("Seven people keep chatting. Ctrl+C stops the demo.");
    chatting?.catch(fail);
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        stopping.abort();
        void Promise.resolve(chatting)
          .then(() => node.stop())
          .then(() => process.exit(0));
      });
    }
  } catch (error) {
    const problem = startProblem(error, config);
    console.error(problem === undefined ? error : `The demo cannot start. ${problem}`);
    process.exit(1);
  }
}

async function makePast(draft: string): Promise<void> {
  console.log("Making up people and their conversations. This takes a minute, once.");
  const began = performance.now();
  const until = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  let reported = 0;
  const played = await seed({
    folder: draft,
    random: new SeededRandom(SEED),
    until,
    longHistory: LONG_HISTORY,
    report(count) {
      if (count - reported < 10_000) return;
      reported = count;
      console.log(`  ${count.toLocaleString("en")} commands carried out`);
    },
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`Made in ${seconds} s with ${played.toLocaleString("en")} commands.`);
}

function fail(error: unknown): void {
  console.error("The demo stops:", error);
  process.exit(1);
}

await main();
