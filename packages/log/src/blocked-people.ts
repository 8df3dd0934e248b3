import { directConversationId, Encryption } from "@parley/protocol";
import { type HiddenRuns, hideRuns } from "./hidden-runs.ts";
import type { Range } from "./ranges.ts";

/** The end of what is left out of a direct conversation while its other member is blocked. */
const OPEN_END = 0xffff_ffff;

/** Where the direct conversation with somebody was when they were blocked. */
export interface BlockedPlace {
  readonly conversation: string;
  /** The last entry that may be shown; 0 if there was none. */
  readonly ordinal: number;
  /** The last event whose content may be shown. */
  readonly seq: number;
}

/** The direct conversation that a block concerns. */
export function blockedConversation(account: string, blocked: string): string {
  return directConversationId(account, blocked, Encryption.NONE);
}

/** What is hidden of a direct conversation while its other member is blocked. */
export function whileBlocked(before: HiddenRuns, { ordinal }: Pick<BlockedPlace, "ordinal">): HiddenRuns {
  return afterBlocked(before, { from: ordinal + 1, to: OPEN_END });
}

/** What stays hidden of it after that. A conversation that was out of the list is not brought back by what nobody was told. */
export function afterBlocked(before: HiddenRuns, { from, to }: Range): HiddenRuns {
  return hideRuns(before, { runs: [{ from, to }], unlists: before.unlistedUpTo >= from - 1 });
}
