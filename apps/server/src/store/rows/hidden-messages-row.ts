import { create } from "@bufbuild/protobuf";
import type { Ranges } from "@parley/log";
import { type HiddenMessages, HiddenMessagesSchema } from "@parley/protocol";
import type { HiddenMessagesTable } from "../tables.ts";

export function hiddenMessagesOf({ conversation, runs }: HiddenMessagesTable): HiddenMessages {
  return create(HiddenMessagesSchema, { conversation, runs: [...readRuns(runs)] });
}

/** As `putHidden` has written them. */
export function readRuns(runs: string): Ranges {
  const read: readonly (readonly [number, number])[] = JSON.parse(runs);
  return read.map(([from, to]) => ({ from, to }));
}
