import { StoreError } from "../store-error.ts";
import type { Failure } from "./thread-messages.ts";

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return { store: error instanceof StoreError ? error.kind : undefined, message };
}

export function errorOf({ store, message }: Failure): Error {
  return store === undefined ? new Error(message) : new StoreError(store, message);
}
