import type { EngineInspection } from "@parley/client";

type Inspected = EngineInspection["conversations"][number];

export interface ConversationCells {
  readonly id: string;
  readonly kind: string;
  readonly head: string;
  readonly entryHead: number;
  readonly ranges: string;
  readonly stale: string;
  readonly marks: string;
  readonly wanted: string;
  readonly unread: number;
  readonly catchUp: string;
}

/** What an engine holds of a conversation, as developers write it: runs as `1–40`, marks as `delivered / read`. */
export function conversationCells(conversation: Inspected): ConversationCells {
  const { id, kind, headSeq, headTag, entryHead, unread, catchUp } = conversation;
  return {
    id,
    kind,
    head: `${headSeq} #${headTag.toString(16)}`,
    entryHead,
    ranges: runs(conversation.ranges),
    stale: runs(conversation.staleRanges),
    marks: marks(conversation.read),
    wanted: marks(conversation.wanted),
    unread,
    catchUp,
  };
}

function runs(ranges: Inspected["ranges"]): string {
  return ranges.map(({ from, to }) => `${from}–${to}`).join(", ");
}

function marks({ delivered, read }: Inspected["read"]): string {
  return `${delivered} / ${read}`;
}
