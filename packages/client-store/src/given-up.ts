import type { StoreChange } from "@parley/client";

export type GivenUp = Extract<StoreChange, { readonly kind: "forget-entries" | "conversation" }>;

/** The changes, if they only give up entries: runs of them, and the records of conversations that name these no more. */
export function givenUpIn(changes: readonly StoreChange[]): readonly GivenUp[] | undefined {
  const givenUp = changes.filter((change) => change.kind === "forget-entries" || change.kind === "conversation");
  return givenUp.length === changes.length && givenUp.some(({ kind }) => kind === "forget-entries")
    ? givenUp
    : undefined;
}
