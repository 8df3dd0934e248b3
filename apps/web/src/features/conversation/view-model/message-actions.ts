import type { ConversationView, MessageRow, TimelineView } from "@parley/client";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** What may be done with one message. */
export interface MessageActions {
  readonly id: string;
  /** When it was written, date and all. */
  readonly fullTime: string;
  readonly text: string | undefined;
  readonly canReact: boolean;
  readonly canReply: boolean;
  /** There is a thread below it, or one can be begun. */
  readonly canThread: boolean;
  /** It answers a message to which one can go. */
  readonly answers: boolean;
  readonly canEdit: boolean;
  /** For everyone. */
  readonly canDelete: boolean;
  /** It can be deleted for oneself. */
  readonly canHide: boolean;
  /** It can be saved, or is; undefined where neither. */
  readonly saving: "save" | "unsave" | undefined;
  /** One can be reminded of it, or is to be; undefined where neither. */
  readonly reminding: "new" | "set" | undefined;
  readonly canPin: boolean;
  /** For all members, at the top of the conversation. */
  readonly pinned: boolean;
  /** Who received and read it can be told. */
  readonly hasInfo: boolean;
  /** What it said before it was edited can be told. */
  readonly hasVersions: boolean;
  /** Somebody reacted to it. */
  readonly hasReactions: boolean;
  /** The admins of the server can be told of it. */
  readonly canReport: boolean;
  /** Emojis that the person has set already. */
  readonly reacted: readonly string[];
}

export function messageActions(
  row: MessageRow,
  conversation: ConversationView,
  { rights, pinned }: Pick<TimelineView, "rights" | "pinned">,
  format: TimeFormat,
): MessageActions {
  const { body, status, mine } = row;
  const folded = row.folded === true;
  const live = !folded && body.kind !== "deleted" && conversation.writable && status?.kind !== "failed";
  return {
    id: row.id,
    fullTime: format.full(row.at),
    text: body.kind === "text" && !folded ? body.text : undefined,
    canReact: live,
    canReply: live && body.kind === "text",
    canThread: row.ordinal !== undefined && conversation.kind !== "thread" && (row.thread !== undefined || live),
    answers: row.quote?.said.kind === "text" || row.quote?.said.kind === "deleted",
    canEdit: live && mine && body.kind === "text",
    canDelete: live && (mine || rights.deleteOthersMessages),
    // In one's own notes everyone is oneself, and what was deleted there is gone as a whole.
    canHide: row.ordinal !== undefined && status?.kind !== "failed" && (conversation.kind !== "notes" || !live),
    saving: row.saved ? "unsave" : row.ordinal !== undefined && body.kind !== "deleted" ? "save" : undefined,
    reminding: row.reminder !== undefined ? "set" : live && row.ordinal !== undefined ? "new" : undefined,
    canPin: live && body.kind === "text" && rights.pinMessages,
    pinned: pinned.some(({ id }) => id === row.id),
    hasInfo: live && mine && row.ordinal !== undefined && conversation.kind !== "notes",
    hasVersions: body.kind === "text" && body.edited && row.ordinal !== undefined,
    hasReactions: row.reactions.length > 0,
    canReport: !mine && row.ordinal !== undefined && body.kind === "text",
    reacted: row.reactions.filter((reaction) => reaction.mine).map((reaction) => reaction.emoji),
  };
}
