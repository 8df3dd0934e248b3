/**
 * - `newer`: the data was written by a newer version of Parley
 * - `unwritable`: the folder or file cannot be written
 * - `corrupt`: the file is damaged or is not a database
 * - `failing`: the disk failed at a read or a write
 * - `full`: no space left; nothing was recorded and a later try can succeed
 * - `stopped`: a commit failed or the store was closed; nothing more is written
 */
export type StoreErrorKind = "newer" | "unwritable" | "corrupt" | "failing" | "full" | "stopped";

/** A problem of the store itself, with one sentence for the person who runs the server. */
export class StoreError extends Error {
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.kind = kind;
  }
}

/** Whether a write failed for want of space: nothing was recorded, and a later try can succeed. */
export function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.kind === "full";
}
