import type { BlockedPerson } from "@parley/protocol";
import type { BlockedPeopleTable } from "../tables.ts";

export function blockedPersonOf(row: BlockedPeopleTable): BlockedPerson {
  return {
    $typeName: "parley.v1.BlockedPerson",
    account: row.blocked,
    conversation: row.conversation,
    ordinal: row.ordinal,
    seq: row.seq,
    blockedAt: row.blocked_at,
  };
}
