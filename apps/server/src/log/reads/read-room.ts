import type { RoomRecord } from "../log-reader.ts";
import type { LogSnapshot } from "../log-snapshot.ts";

/** What the hub keeps of a conversation. */
export async function readRoom(snapshot: LogSnapshot, conversation: string): Promise<RoomRecord | undefined> {
  const record = await snapshot.conversation(conversation);
  if (record === undefined) return undefined;
  const { head, tag, entryHead, activeAt } = record;
  return { conversation, head, tag, entryHead, activeAt, members: await snapshot.roomMembers(conversation) };
}
