import { create } from "@bufbuild/protobuf";
import { isVisible } from "@parley/log";
import { ConversationKind, type Erased, ErasedElsewhereSchema, JoinedSchema, PartedSchema } from "@parley/protocol";
import type { LogSnapshot } from "../log/log-snapshot.ts";
import type { EventRecord } from "../log/records.ts";
import type { Consequence, Follower } from "./follower.ts";

/** Tells accounts that they joined or parted, and former members that a message they may still hold was erased. */
export const accountLogFollower: Follower = {
  name: "account-logs",

  concerns({ body }) {
    switch (body.case) {
      case "created":
        // Who follows a thread is told by its log alone.
        return body.value.kind !== ConversationKind.THREAD;
      case "membersAdded":
      case "membersRemoved":
      case "memberLeft":
      case "memberJoined":
      case "memberLetIn":
      case "erased":
        return true;
      default:
        return false;
    }
  },

  async consequences(snapshot, record) {
    const { log: conversation, seq: conversationSeq, author, body } = record.event;
    const joined = (account: string): Consequence => ({
      account,
      body: { case: "joined", value: create(JoinedSchema, { conversation, conversationSeq }) },
    });
    const parted = (account: string): Consequence => ({
      account,
      body: { case: "parted", value: create(PartedSchema, { conversation, conversationSeq }) },
    });
    switch (body.case) {
      case "created":
        return body.value.members.map(joined);
      case "membersAdded":
        return body.value.accounts.map(joined);
      case "membersRemoved":
        return body.value.accounts.map(parted);
      case "memberJoined":
        return [joined(author)];
      case "memberLetIn":
        return [joined(body.value.account)];
      case "memberLeft":
        return [parted(author)];
      case "erased":
        return erasures(snapshot, record, body.value);
      default:
        return [];
    }
  },
};

/** Members who were away when the message was erased, but may hold it. */
async function erasures(snapshot: LogSnapshot, { event }: EventRecord, erased: Erased): Promise<Consequence[]> {
  const { target, expired } = erased;
  const entry = (await snapshot.entry(event.log, target))?.entry;
  if (entry === undefined) return [];
  const value = create(ErasedElsewhereSchema, { conversation: event.log, conversationSeq: event.seq, target, expired });
  const members = await snapshot.members(event.log);
  return members
    .filter(({ intervals }) => isVisible(intervals, entry.seq) && !isVisible(intervals, event.seq))
    .map(({ account }) => ({ account, body: { case: "erasedElsewhere", value } }));
}
