/** Where the engine keeps its local store: in memory, or in the browser's IndexedDB. */
export * from "./memory-disk.ts";
export * from "./memory-store.ts";
