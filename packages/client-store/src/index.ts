/** The engine's local store in memory, and what every implementation of it must do. The one of browsers has a door of its own. */
export * from "./contract/client-store-contract.ts";
export * from "./memory-disk.ts";
export * from "./memory-store.ts";
export * from "./store-error-of.ts";
