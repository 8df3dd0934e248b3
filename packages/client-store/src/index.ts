/** Where the engine keeps its local store: in memory, or in the browser's IndexedDB. */
export * from "./client-store-contract.ts";
export * from "./indexeddb-store.ts";
export * from "./memory-disk.ts";
export * from "./memory-store.ts";
export { deleteLocalData, type OpenOptions } from "./open-database.ts";
export * from "./rebuild.ts";
export * from "./store-error.ts";
