import { create } from "@bufbuild/protobuf";
import { consequenceId, type Event, UnfollowedSchema } from "@parley/protocol";
import type { DueRecord } from "../log/records.ts";
import type { Attempt } from "./attempt.ts";
import { draftsOfParted } from "./emptied-drafts.ts";
import type { OpenLog } from "./open-log.ts";

type Session = Pick<Attempt, "ledger" | "receivedAt">;

/**
 * Who has parted from a conversation follows its threads no more: so many of them as a transaction takes, and the rest as what is due. What is left changes nothing, because whoever
 * looks at a thread to change it settles that first.
 */
export async function unfollowParted(session: Session, parent: OpenLog, parted: readonly string[]): Promise<void> {
  for (const account of parted) {
    if (await unfollowAll(session, parent, account)) continue;
    return session.ledger.putParting(parent.id, session.receivedAt);
  }
}

/** Goes on with that; what one transaction does not hold stays due. */
export async function goOnParting(due: DueRecord, session: Session): Promise<void> {
  const { ledger } = session;
  const parent = await ledger.log(due.conversation);
  const members = (await parent?.state())?.members ?? [];
  // Who parted last comes first: the others are most likely done.
  for (const { account, present } of members.toSorted((one, other) => other.rev - one.rev)) {
    if (parent === undefined || present) continue;
    if (!(await unfollowAll(session, parent, account))) return;
  }
  await ledger.forgetParting(due.conversation);
}

/** Before anything is done in a thread: nobody follows it who has parted from its parent. False where that is more than this transaction takes. */
export async function settleThread(session: Session, conversation: string): Promise<boolean> {
  const { ledger } = session;
  const thread = await ledger.log(conversation);
  const parent = thread?.record?.parent ? await ledger.log(thread.record.parent) : undefined;
  if (thread === undefined || parent === undefined || !(await ledger.isParting(parent.id))) return true;
  for (const { account } of await thread.presentMembers()) {
    if ((await parent.member(account))?.present === true) continue;
    if (!(await unfollow(session, parent, thread, account))) return false;
  }
  return true;
}

/** Whether an event would bring somebody back who still follows threads from before. */
export async function returnsTooEarly(
  { ledger }: Session,
  log: OpenLog,
  author: string,
  body: Event["body"],
): Promise<boolean> {
  const joining = joiningBy(author, body);
  if (joining.length === 0 || !(await ledger.isParting(log.id))) return false;
  for (const account of joining) {
    if ((await log.member(account))?.present === true) continue;
    if ((await ledger.transaction.following(account, log.id, 1)).length > 0) return true;
  }
  return false;
}

function joiningBy(author: string, body: Event["body"]): readonly string[] {
  switch (body.case) {
    case "membersAdded":
      return body.value.accounts;
    case "memberLetIn":
      return [body.value.account];
    case "memberJoined":
      return [author];
    default:
      return [];
  }
}

/** False where some are left. */
async function unfollowAll(session: Session, parent: OpenLog, account: string): Promise<boolean> {
  const { ledger } = session;
  for (const id of await ledger.transaction.following(account, parent.id, ledger.unfollowsLeft + 1)) {
    const thread = await ledger.log(id);
    if (thread !== undefined && !(await unfollow(session, parent, thread, account))) return false;
  }
  return true;
}

/** False where this transaction takes no more. */
async function unfollow({ ledger, receivedAt }: Session, parent: OpenLog, thread: OpenLog, account: string) {
  if (ledger.unfollowsLeft === 0) return false;
  ledger.unfollowsLeft--;
  const id = consequenceId({ log: parent.id, id: `${thread.head + 1}` }, thread.id, account);
  const body: Event["body"] = { case: "unfollowed", value: create(UnfollowedSchema) };
  const deed = { id, author: account, sentAt: receivedAt, receivedAt, body, parentSeq: parent.head };
  const { event, joined, parted } = await thread.append(deed);
  await ledger.transaction.accept(thread.id, id, event.seq);
  ledger.publish({
    event,
    touched: 0,
    joined,
    parted,
    ...(await draftsOfParted(ledger, thread.id, receivedAt, parted)),
  });
  return true;
}
