/** The engine's local store in a browser's IndexedDB. Apart from the other door, because it needs a browser's types. */
export * from "./indexeddb-store.ts";
export { deleteLocalData } from "./open-database.ts";
export * from "./rebuild.ts";
