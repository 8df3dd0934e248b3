import { join } from "node:path";
import { type Config, readConfig } from "./config/read-config.ts";
import { startProblem } from "./config/start-problem.ts";
import { type RunningNode, startNode } from "./start-node.ts";
import { StoreError } from "./store/store-error.ts";

/** Longer than everything that a stop waits for. */
const STOP_WITHIN_MS = 8_000;
const WEB_FOLDER = join(import.meta.dir, "../../web/dist");

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    const node: RunningNode = await startNode({ config, webFolder: WEB_FOLDER, onBroken: (error) => abandon(error) });
    stopOnSignals(node);
    greet(node, config.dataFolder);
  } catch (error) {
    const problem = startProblem(error, config);
    console.error(problem === undefined ? error : `Parley cannot start. ${problem}`);
    process.exit(1);
  }
}

function greet({ url, localUrl, neighbourUrls, unknownAdmins }: RunningNode, dataFolder: string): void {
  console.log(`Parley is running at ${url}${url === localUrl ? "" : ` (the proxy finds it at ${localUrl})`}`);
  if (url === localUrl && neighbourUrls.length > 0) {
    console.log(`Other devices in this network find it at ${neighbourUrls.join(" or ")}`);
    if (url.startsWith("http:"))
      console.log("They can do more, and nobody can listen, over https: see docs/operations.md.");
  }
  for (const name of unknownAdmins) {
    console.log(
      `PARLEY_ADMINS names ${name}, which is no account: who signs up as that is an admin after the next start.`,
    );
  }
  console.log(`Everything is stored in ${dataFolder}`);
  console.log("Next: open the address in a browser and sign up. Ctrl+C stops the server.");
}

function stopOnSignals(node: RunningNode): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      // Who asks twice does not want to wait.
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      node.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error("Parley did not stop cleanly:", error);
          process.exit(1);
        },
      );
    });
  }
}

/** Nothing more can be stored, so nothing more may be promised. What was acknowledged is on disk. */
function abandon(error: unknown): void {
  const reason = error instanceof StoreError ? error.message : error;
  console.error("Parley stops because its store failed:", reason);
  process.exit(1);
}

await main();
