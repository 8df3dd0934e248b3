import { isVisible, type Marks, mergeMarks } from "@parley/log";
import type { Conversation, Entry, Member } from "@parley/protocol";
import type { MessageStatus } from "../api/message-status.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Pending } from "./pending.ts";

/** How far one's own pending command has come. */
export function statusOfPending(pending: Pending): MessageStatus {
  const { state } = pending.entry;
  switch (state.kind) {
    case "queued":
    case "held":
      return { kind: "sending" };
    case "accepted":
      return { kind: "sent" };
    case "rejected":
      return { kind: "failed", code: state.code, reason: state.reason };
  }
}

/** How far one's own message has come with the others: a mark counts only for what its owner may see. */
export function statusOfEntry(
  entry: Entry,
  state: Conversation | undefined,
  conversation: StoredConversation,
  viewer: string,
): MessageStatus {
  const readers = readersOf(entry, state, viewer);
  if (readers.length === 0) return { kind: "sent" };
  const reached = byAll(readers, conversation);
  if (reached.read >= entry.ordinal) return { kind: "read" };
  if (reached.delivered >= entry.ordinal) return { kind: "delivered" };
  return { kind: "sent" };
}

/** The others who may see it. */
export function readersOf(entry: Entry, state: Conversation | undefined, viewer: string): readonly Member[] {
  return (state?.members ?? []).filter(
    (member) => member.present && member.account !== viewer && isVisible(member.intervals, entry.seq),
  );
}

function byAll(readers: readonly Member[], conversation: StoredConversation): Marks {
  const marks = new Map(conversation.others.map((other) => [other.account, other.marks]));
  const told = readers.map((reader) => marks.get(reader.account) ?? { delivered: 0, read: 0 });
  const least = {
    delivered: Math.min(...told.map((each) => Math.max(each.delivered, each.read))),
    read: Math.min(...told.map((each) => each.read)),
  };
  return mergeMarks(least, conversation.byAll);
}
