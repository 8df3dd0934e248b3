import type { Command } from "@parley/protocol";

/** A command as the executor received it. */
export interface Received {
  readonly command: Command;
  readonly account: string;
  readonly device: string | undefined;
}
