/** The engine: pure state machines, their ports, and the API that apps use. */
export type * from "./api/connection-view.ts";
export type * from "./api/conversation-list-view.ts";
export type * from "./api/engine.ts";
export type * from "./api/message-status.ts";
export type * from "./api/observable.ts";
export type * from "./api/person-view.ts";
export type * from "./api/timeline-view.ts";
export * from "./engine/create-engine.ts";
export type * from "./engine/engine-config.ts";
export * from "./engine/engine-error.ts";
export * from "./engine/rules.ts";
export * from "./ports/client-store.ts";
export type * from "./ports/clock.ts";
export type * from "./ports/network.ts";
export type * from "./ports/random.ts";
export * from "./ports/store-error.ts";
export type * from "./ports/transport.ts";
