import type { EditPolicy } from "../../executor/edit-policy.ts";
import type { BucketRule } from "../../limits/token-bucket.ts";
import type { LogWriter } from "../../log/log-writer.ts";
import type { StoreErrorKind } from "../store-error.ts";

/** What the writer's thread is told first. */
export interface ThreadOptions {
  readonly path: string;
  /** How many verdicts an account may have; undefined for no limit. */
  readonly verdictRule: BucketRule | undefined;
  readonly edits: EditPolicy;
  readonly messageRequests: boolean;
  /** How long after something was erased the write-ahead log is emptied. */
  readonly truncatedAfterMs: number;
}

export type Method = keyof LogWriter;

/** A call of the writer. */
export type Call = {
  [Name in Method]: { readonly id: number; readonly method: Name; readonly args: Parameters<LogWriter[Name]> };
}[Method];

/** To the thread: first its options, then calls, as many at once as wait. */
export type Order =
  | { readonly kind: "open"; readonly options: ThreadOptions }
  | { readonly kind: "calls"; readonly calls: readonly Call[] };

/** What every thread of the store says first. */
export type Opening = { readonly kind: "opened" } | { readonly kind: "failed"; readonly failure: Failure };

/** From the thread. */
export type Report =
  | Opening
  | { readonly kind: "result"; readonly id: number; readonly value: unknown }
  | { readonly kind: "error"; readonly id: number; readonly failure: Failure };

/** An error on its way between threads. */
export interface Failure {
  /** Undefined for errors that are not the store's own. */
  readonly store: StoreErrorKind | undefined;
  readonly message: string;
}
