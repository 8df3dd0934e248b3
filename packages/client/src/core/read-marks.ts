import { clampMarks, type Marks, mergeMarks, noMarks } from "@parley/log";
import type { ReadState } from "@parley/protocol";
import type { StoredConversation } from "../ports/client-store.ts";

/** One's own marks now: what the server confirmed, merged with what this device wants. */
export function marksNow(conversation: StoredConversation): Marks {
  return mergeMarks(conversation.read, conversation.wanted);
}

/** Wants marks up to here, never beyond the newest entry. The same object if nothing changes. */
export function wantMarks(conversation: StoredConversation, marks: Marks): StoredConversation {
  const before = marksNow(conversation);
  const after = clampMarks(mergeMarks(before, marks), Math.max(conversation.entryHead, before.delivered));
  if (after.delivered === before.delivered && after.read === before.read) return conversation;
  return { ...conversation, wanted: after };
}

/** Whether the server has not confirmed everything that this device wants, as far as it is told. */
export function hasUnconfirmedMarks(
  { read, wanted: all }: StoredConversation,
  toldUpTo = Number.POSITIVE_INFINITY,
): boolean {
  const wanted = clampMarks(all, toldUpTo);
  return wanted.read > read.read || wanted.delivered > read.delivered;
}

/**
 * Takes what the server says of one's own marks. Its count belongs to its read mark, so the two are taken together or not at all; an
 * answer that was overtaken by a later one only adds its marks to what is wanted.
 */
export function confirmMarks(conversation: StoredConversation, told: ReadState): StoredConversation {
  const { read } = conversation;
  const newer = told.asOf >= read.asOf && told.read >= read.read && told.delivered >= read.delivered;
  if (newer) return { ...conversation, read: told };
  return { ...conversation, wanted: mergeMarks(conversation.wanted, told) };
}

/**
 * Takes what Welcome says of one's own marks as what the server has, even if it is less than it had confirmed: then it lost some, and they are
 * wanted again.
 */
export function beginMarks(conversation: StoredConversation, told: ReadState): StoredConversation {
  return { ...conversation, read: told, wanted: marksNow(conversation) };
}

/** Forgets what others have read, of which one is not told any more. The same object if nothing was known. */
export function forgetOthersReads(conversation: StoredConversation): StoredConversation {
  const { others, byAll } = conversation;
  if (byAll.read === 0 && others.every(({ marks }) => marks.read === 0)) return conversation;
  const unread = ({ delivered }: Marks): Marks => ({ delivered, read: 0 });
  return {
    ...conversation,
    others: others.map(({ account, marks }) => ({ account, marks: unread(marks) })),
    byAll: unread(byAll),
  };
}

/** Takes a member's marks. The same object if they are not news. */
export function noteOthersMarks(conversation: StoredConversation, account: string, told: Marks): StoredConversation {
  const known = conversation.others.find((other) => other.account === account);
  const marks = mergeMarks(known?.marks ?? noMarks, told);
  if (known !== undefined && marks.read === known.marks.read && marks.delivered === known.marks.delivered) {
    return conversation;
  }
  const rest = conversation.others.filter((other) => other.account !== account);
  return { ...conversation, others: [...rest, { account, marks }] };
}
