import type { LogSnapshot } from "./log-snapshot.ts";
import type { LogTransaction } from "./log-transaction.ts";

/** Runs reads on one snapshot. Reads may run side by side, and beside a transaction. */
export interface SnapshotSource {
  read<T>(work: (snapshot: LogSnapshot) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Runs one transaction at a time, serialisable. What `work` throws is thrown again after everything was rolled back; a resolved promise
 * means that the commit is durable. Problems of the store itself are `StoreError`s.
 */
export interface Transactor {
  write<T>(work: (transaction: LogTransaction) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
