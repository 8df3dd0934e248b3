import type { StoreChange, YieldingStore } from "@parley/client";
import { StaleOwnerError, StoreError, type StoreErrorKind } from "@parley/client";
import { assertEqual } from "./assert-equal.ts";

/** Where the stores of one case live. It is empty at first. */
export interface StoreHome {
  /**
   * Opens one more store on the same data, as another owner would.
   *
   * @param closed called if the store is closed from outside
   */
  open(closed?: () => void): Promise<YieldingStore>;
  /** Throws the data away under whoever has them open, as a browser does that needs room. */
  remove(): Promise<void>;
}

export interface ContractCase {
  readonly name: string;
  /** Rejects when the contract is broken. */
  run(home: StoreHome): Promise<void>;
}

/** A store and commits as its owner. */
export async function owned(open: StoreHome["open"]) {
  const store = await open();
  const generation = await store.claim();
  return {
    store,
    commit: (changes: readonly StoreChange[], durability: "strict" | "relaxed" = "relaxed") =>
      store.commit(generation, changes, durability),
  };
}

export async function expectStale(commit: Promise<void>): Promise<void> {
  const error = await errorOf(commit);
  assertEqual(error instanceof StaleOwnerError, true, "the commit of a stale owner was refused");
}

export async function expectFailure(operation: Promise<unknown>, kind: StoreErrorKind): Promise<void> {
  const error = await errorOf(operation);
  assertEqual(error instanceof StoreError ? error.kind : String(error), kind, "how it failed");
}

function errorOf(operation: Promise<unknown>): Promise<unknown> {
  return operation.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}
