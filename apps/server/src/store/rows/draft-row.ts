import type { Draft, DraftWriter } from "@parley/protocol";
import type { DraftsTable } from "../tables.ts";

export function draftRow(account: string, draft: Draft): DraftsTable {
  const { conversation, version, text, changedAt, device } = draft;
  const writers = JSON.stringify(draft.writers.map((writer) => [writer.device, writer.base]));
  return { account, conversation, version, text, changed_at: changedAt, device, writers };
}

export function draftOf({ conversation, version, text, changed_at, device, writers }: DraftsTable): Draft {
  return {
    $typeName: "parley.v1.Draft",
    conversation,
    text,
    version,
    changedAt: changed_at,
    device,
    writers: writersOf(writers),
  };
}

function writersOf(json: string): DraftWriter[] {
  // Written by `draftRow` alone.
  const writers = JSON.parse(json) as [device: string, base: number][];
  return writers.map(([device, base]) => ({ $typeName: "parley.v1.DraftWriter", device, base }));
}
