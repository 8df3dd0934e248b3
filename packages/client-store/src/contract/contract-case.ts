import type { ClientStore, StoreChange } from "@parley/client";
import { StaleOwnerError } from "@parley/client";
import { assertEqual } from "./assert-equal.ts";

/** Opens one more store on the same data, as another owner would. The first call of a case finds it empty. */
export type OpenStore = () => Promise<ClientStore>;

export interface ContractCase {
  readonly name: string;
  /** Rejects when the contract is broken. */
  run(open: OpenStore): Promise<void>;
}

/** A store and commits as its owner. */
export async function owned(open: OpenStore) {
  const store = await open();
  const generation = await store.claim();
  return {
    store,
    commit: (changes: readonly StoreChange[], durability: "strict" | "relaxed" = "relaxed") =>
      store.commit(generation, changes, durability),
  };
}

export async function expectStale(commit: Promise<void>): Promise<void> {
  const error = await commit.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assertEqual(error instanceof StaleOwnerError, true, "the commit of a stale owner was refused");
}
