/**
 * Why a local store cannot be used. `kind` decides the way on:
 * - `full`: the device has no room left; nothing of that commit was stored. Free some and try again.
 * - `closed`: the store was closed, deleted or taken over by a newer version of the app. Open it again.
 * - `newer-version`: a newer version of the app wrote it. Load the newest app; rebuilding is the last resort.
 * - `damaged`: it cannot be opened or read. Rebuild it.
 * - `unavailable`: this browser offers no storage here (a private window, a policy). Nothing can be kept.
 */
export type StoreErrorKind = "full" | "closed" | "newer-version" | "damaged" | "unavailable";

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Names of DOMExceptions by what they mean for a store that was opened. */
const kindsByName: Readonly<Record<string, StoreErrorKind>> = {
  QuotaExceededError: "full",
  InvalidStateError: "closed",
  TransactionInactiveError: "closed",
  AbortError: "closed",
  VersionError: "newer-version",
  SecurityError: "unavailable",
};

/** What the platform threw, as one of the kinds above. Whatever has no name here counts as damage. */
export function storeErrorOf(thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const name = thrown instanceof Error ? thrown.name : "";
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new StoreError(kindsByName[name] ?? "damaged", `the local store failed: ${name} ${message}`.trim(), thrown);
}
