import type { Answer } from "@parley/protocol";
import type { Submitted } from "../log/log-writer.ts";

/** Where commands go: they are gathered with those of others into durable batches. */
export interface Submitter {
  /** Resolves when all are answered, in the order given. */
  submit(commands: readonly Submitted[]): Promise<readonly Answer[]>;
}
