/** A node as a whole, for programs that run one with a past of their own making: the demo and benchmarks. */
export { Accounts } from "./accounts/accounts.ts";
export { closeAccountsDatabase, openAccountsDatabase } from "./accounts/accounts-database.ts";
export { createAuth, migrateAuth, openSessions } from "./accounts/auth.ts";
export { loadSecret } from "./accounts/secret.ts";
export { DataFolderError, prepareDataFolder } from "./config/data-folder.ts";
export { type Config, readConfig } from "./config/read-config.ts";
export { startProblem } from "./config/start-problem.ts";
export { startNode } from "./start-node.ts";
export { LOG_FILE } from "./store/sqlite/open-sqlite-log.ts";
