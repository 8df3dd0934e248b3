import type { Prepared } from "./prepared.ts";

/** One database connection. Calls must not overlap with another transaction on it; see `Turns`. */
export interface SqlConnection {
  all<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row[]>;
  first<Parameters, Row>(statement: Prepared<Parameters, Row>, parameters: Parameters): Promise<Row | undefined>;
  run<Parameters>(statement: Prepared<Parameters, unknown>, parameters: Parameters): Promise<void>;
  /** A statement that runs rarely, such as one of a migration. */
  execute(sql: string): Promise<void>;

  begin(mode: "read" | "write"): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  close(): Promise<void>;
}
