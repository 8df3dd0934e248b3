import { StoreError, type StoreErrorKind } from "@parley/client";

/** Names of DOMExceptions by what they mean for a store that was opened. */
const kindsByName: Readonly<Record<string, StoreErrorKind>> = {
  QuotaExceededError: "full",
  AbortError: "aborted",
  TimeoutError: "aborted",
  InvalidStateError: "closed",
  TransactionInactiveError: "closed",
  VersionError: "newer-version",
  SecurityError: "unavailable",
};

/** What the platform threw, as one of the kinds. Whatever has no name here counts as damage. */
export function storeErrorOf(thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const name = thrown instanceof Error ? thrown.name : "";
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoreError(kindsByName[name] ?? "damaged", `the local store failed: ${name} ${message}`.trim(), thrown);
}
