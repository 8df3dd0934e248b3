import type { ConversationView, MemberView, MessageRow } from "@parley/client";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** What may be done with one message. */
export interface MessageActions {
  readonly id: string;
  /** When it was written, date and all. */
  readonly fullTime: string;
  readonly text: string | undefined;
  readonly canReact: boolean;
  readonly canEdit: boolean;
  readonly canDelete: boolean;
  /** Who received and read it can be told. */
  readonly hasInfo: boolean;
  /** Emojis that the person has set already. */
  readonly reacted: readonly string[];
}

export function messageActions(
  row: MessageRow,
  conversation: ConversationView,
  members: readonly MemberView[],
  account: string,
  format: TimeFormat,
): MessageActions {
  const { body, status, mine } = row;
  const live = body.kind !== "deleted" && conversation.writable && status?.kind !== "failed";
  const role = members.find((member) => member.account === account)?.role;
  const moderates = conversation.kind === "group" && (role === "owner" || role === "admin");
  return {
    id: row.id,
    fullTime: format.full(row.at),
    text: body.kind === "text" ? body.text : undefined,
    canReact: live,
    canEdit: live && mine && body.kind === "text",
    canDelete: live && (mine || moderates),
    hasInfo: live && mine && row.ordinal !== undefined && conversation.kind !== "notes",
    reacted: row.reactions.filter((reaction) => reaction.mine).map((reaction) => reaction.emoji),
  };
}
