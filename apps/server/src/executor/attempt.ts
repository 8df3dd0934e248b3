import type { Command, Order } from "@parley/protocol";
import type { Ledger } from "./ledger.ts";
import type { TokenDraft } from "./rate-limiter.ts";

/** One command while it is judged, inside a transaction. */
export interface Attempt {
  readonly account: string;
  readonly device: string | undefined;
  readonly order: Order;
  readonly command: Command;
  readonly commandBytes: number;
  readonly ledger: Ledger;
  readonly tokens: TokenDraft;
  /** The server's clock, for the whole batch. */
  readonly receivedAt: number;
}
