import { create } from "@bufbuild/protobuf";
import { countedRuns, type HiddenRuns } from "@parley/log";
import { type HiddenMessages, HiddenMessagesSchema } from "@parley/protocol";
import type { HiddenMessagesTable } from "../tables.ts";

export function hiddenMessagesRow(
  account: string,
  conversation: string,
  { runs, unlistedUpTo }: HiddenRuns,
): HiddenMessagesTable {
  const written = JSON.stringify(runs.map(({ from, to }) => [from, to]));
  return { account, conversation, count: countedRuns(runs), runs: written, unlisted_up_to: unlistedUpTo };
}

export function hiddenMessagesOf(row: HiddenMessagesTable): HiddenMessages {
  const { runs, unlistedUpTo } = hiddenRunsOf(row);
  return create(HiddenMessagesSchema, { conversation: row.conversation, runs: [...runs], unlistedUpTo });
}

export function hiddenRunsOf(row: Pick<HiddenMessagesTable, "runs" | "unlisted_up_to">): HiddenRuns {
  const read: readonly (readonly [number, number])[] = JSON.parse(row.runs);
  return { runs: read.map(([from, to]) => ({ from, to })), unlistedUpTo: row.unlisted_up_to };
}
