import type { Draft } from "@parley/protocol";
import type { DraftsTable } from "../tables.ts";

export function draftRow(account: string, draft: Draft): DraftsTable {
  const { conversation, version, text, changedAt, device } = draft;
  return { account, conversation, version, text, changed_at: changedAt, device };
}

export function draftOf({ conversation, version, text, changed_at, device }: DraftsTable): Draft {
  return { $typeName: "parley.v1.Draft", conversation, text, version, changedAt: changed_at, device };
}
