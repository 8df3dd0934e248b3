import type { Message } from "@parley/protocol";
import type { ConversationView } from "../api/conversation-list-view.ts";
import type { MessageRow } from "../api/timeline-view.ts";

/** What this device knows of a thread besides what its root tells. */
export type KnownThread = Pick<ConversationView, "at" | "thread" | "unread" | "mentions">;

/** The thread below a message; nothing where there is none, and none has begun here. */
export function threadOf(
  { thread }: Message,
  known: KnownThread | undefined,
  { nameOf }: { readonly nameOf: (account: string) => string },
): Pick<MessageRow, "thread"> {
  const waiting = known?.thread?.waiting ?? 0;
  const replies = (thread?.replies ?? 0) + waiting;
  const following = known?.thread?.following ?? false;
  if (thread === undefined && waiting === 0) return {};
  const lastAt = thread?.lastReplyAt ?? 0;
  const names = (thread?.participants ?? []).map(nameOf);
  const { unread = 0, mentions = 0 } = known ?? {};
  return { thread: { replies, lastAt, names, unread, mentions, following } };
}
