import type { Membership } from "../../log/records.ts";
import type { ConversationsTable, MembersTable } from "../tables.ts";
import { conversationRecord } from "./conversation-row.ts";
import { memberRecord } from "./member-row.ts";

interface MembershipRow extends ConversationsTable, Omit<MembersTable, "conversation" | "rev"> {
  member_rev: number;
  delivered: number | null;
  read: number | null;
  shown: number | null;
}

export function membershipRecord(row: MembershipRow): Membership {
  return {
    conversation: conversationRecord(row),
    member: memberRecord({ ...row, rev: row.member_rev }),
    delivered: row.delivered ?? 0,
    read: row.read ?? 0,
    shown: row.shown ?? 0,
  };
}
