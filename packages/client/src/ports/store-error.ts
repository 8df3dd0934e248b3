/**
 * Why a local store, or one operation of it, failed. `kind` decides the way on:
 * - `aborted`: this operation was given up by the platform and changed nothing. Trying it again can help.
 * - `full`: the device has no room left; nothing of that commit was stored. Make some and try again.
 * - `closed`: the store was closed, deleted or taken over by a newer version of the app. Open it again.
 * - `blocked`: another tab of an older version, or one that is frozen, keeps it. Close that one and open again.
 * - `newer-version`: a newer version of the app wrote it. Load the newest app; rebuilding is the last resort.
 * - `damaged`: it cannot be opened or read. Rebuild it.
 * - `unavailable`: this browser offers no storage here (a private window, a policy). Nothing can be kept.
 */
export type StoreErrorKind = "aborted" | "full" | "closed" | "blocked" | "newer-version" | "damaged" | "unavailable";

/** What every operation of a client store rejects with, apart from StaleOwnerError. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}
