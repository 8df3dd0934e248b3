import type { StoreChange } from "@parley/client";

export type GivenUp = Extract<StoreChange, { readonly kind: "forget-picture" | "forget-entries" | "conversation" }>;

/** The changes, if they only give up what the server has: pictures, runs of entries, and the records of conversations that name these no more. */
export function givenUpIn(changes: readonly StoreChange[]): readonly GivenUp[] | undefined {
  const givenUp = changes.filter((change) => change.kind === "conversation" || isForgotten(change));
  return givenUp.length === changes.length && givenUp.some(isForgotten) ? givenUp : undefined;
}

function isForgotten(change: StoreChange): change is Exclude<GivenUp, { readonly kind: "conversation" }> {
  return change.kind === "forget-entries" || change.kind === "forget-picture";
}
