/**
 * `npm run restored`: run once after the data folder was put back from a backup and before the server starts, so that devices which are ahead of the backup send
 * again what it lacks.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openAccountsDatabase } from "./accounts/accounts-database.ts";
import { type Config, readConfig } from "./config/read-config.ts";
import { startProblem } from "./config/start-problem.ts";
import { LOG_FILE } from "./store/sqlite/open-sqlite-log.ts";
import { declareRestored } from "./store/sqlite/restore.ts";

async function main(): Promise<void> {
  let config: Config | undefined;
  try {
    config = readConfig(process.env);
    await declare(config.dataFolder);
  } catch (error) {
    const problem = startProblem(error, config);
    console.error(problem === undefined ? error : `Nothing was changed. ${problem}`);
    process.exit(1);
  }
}

async function declare(folder: string): Promise<void> {
  if (!existsSync(join(folder, LOG_FILE))) {
    console.error(
      `Nothing was changed. There is no data of Parley in ${folder}: set PARLEY_DATA to the restored folder.`,
    );
    process.exit(1);
  }
  // Held meanwhile, so that this refuses to run beside a server.
  const lock = openAccountsDatabase(folder);
  try {
    await declareRestored(folder);
  } finally {
    lock.close();
  }
  console.log(`The data in ${folder} counts as restored. Now start Parley: devices bring themselves in line.`);
}

await main();
