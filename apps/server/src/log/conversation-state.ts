import { create } from "@bufbuild/protobuf";
import { type Conversation, ConversationSchema, IntervalSchema, type Member, MemberSchema } from "@parley/protocol";
import type { ConversationRecord, MemberRecord } from "./records.ts";

/** The row of a conversation as it travels. */
export function conversationState(record: ConversationRecord, members: readonly MemberRecord[]): Conversation {
  const { id, kind, encryption, history, title, description, rev, createdBy, createdAt, parent, root } = record;
  return create(ConversationSchema, {
    id,
    kind,
    encryption,
    history,
    title,
    description,
    rev,
    createdBy,
    createdAt,
    pinnedMessages: [...record.pinnedMessages],
    invites: [...record.invites],
    parent,
    root,
    joinRequests: [...record.joinRequests],
    timerSeconds: record.timerSeconds,
    request: record.request,
    picture: record.picture,
    members: members.map(memberState),
  });
}

function memberState({ account, role, present, rev, intervals }: MemberRecord): Member {
  return create(MemberSchema, {
    account,
    role,
    present,
    rev,
    intervals: intervals.map(({ from, to }) => create(IntervalSchema, { from, to })),
  });
}
