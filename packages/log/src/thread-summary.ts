import { create } from "@bufbuild/protobuf";
import { limits, type ThreadSummary, ThreadSummarySchema } from "@parley/protocol";

/** What a root tells of its thread after one more reply. Equal to what is counted anew, because the reply is the newest. */
export function withReply(before: ThreadSummary | undefined, author: string, receivedAt: number): ThreadSummary {
  const others = (before?.participants ?? []).filter((account) => account !== author);
  return create(ThreadSummarySchema, {
    replies: (before?.replies ?? 0) + 1,
    lastReplyAt: receivedAt,
    participants: [author, ...others].slice(0, limits.threadParticipants),
  });
}
