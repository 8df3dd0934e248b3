import { StoreError } from "../ports/store-error.ts";

const ATTEMPTS = 4;

/** Runs an operation of the local store, again where the platform gave it up without saying why: that changed nothing and may pass. */
export async function persistently<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation();
    } catch (error) {
      if (attempt === ATTEMPTS || !isFailure(error, "aborted")) throw error;
    }
  }
}

export function isFailure(error: unknown, kind: StoreError["kind"]): boolean {
  return error instanceof StoreError && error.kind === kind;
}
