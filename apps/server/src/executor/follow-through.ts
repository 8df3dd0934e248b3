import { create } from "@bufbuild/protobuf";
import { withReply } from "@parley/log";
import { consequenceId, type Event, ThreadChangedSchema, type ThreadSummary } from "@parley/protocol";
import type { Attempt } from "./attempt.ts";
import { followed } from "./commands/thread.ts";
import type { OpenLog, Step } from "./open-log.ts";
import { unfollowParted } from "./partings.ts";

/** The conversation that the thread belongs to which a command changes or begins; undefined for other conversations. */
export async function parentOf({ ledger }: Attempt, log: OpenLog, body: Event["body"]): Promise<OpenLog | undefined> {
  const parent = log.record?.parent ?? (body.case === "created" ? body.value.parent : "");
  return parent === "" ? undefined : ledger.log(parent);
}

/**
 * Whom a message of a thread mentions follows it from the event before on, also who wanted to follow it no more: members of the parent who do not block its
 * author.
 *
 * @param mentioned by the message, and not before
 */
export async function followMentioned(
  attempt: Attempt,
  thread: OpenLog,
  parent: OpenLog,
  mentioned: readonly string[],
): Promise<void> {
  const { account: author, ledger } = attempt;
  for (const account of mentioned) {
    if ((await thread.member(account))?.present === true) continue;
    if ((await parent.member(account))?.present !== true) continue;
    if ((await ledger.transaction.blockedPerson(account, author)) !== undefined) continue;
    await append(attempt, thread, parent, account, await followed(ledger, thread, account));
  }
}

/**
 * What an event has as a consequence in other logs of the same shard, in the same transaction: the parent tells what became of a thread, and who has parted
 * from the parent follows its threads no more.
 */
export async function followThrough(
  attempt: Attempt,
  log: OpenLog,
  parent: OpenLog | undefined,
  step: Step,
): Promise<void> {
  const summary = parent === undefined ? undefined : await summaryAfter(attempt, log, parent, step);
  if (parent !== undefined && summary !== undefined) {
    const value = create(ThreadChangedSchema, { root: log.record?.root ?? "", summary });
    await append(attempt, parent, undefined, attempt.account, { case: "threadChanged", value });
  }
  if (parent === undefined && step.parted.length > 0) await unfollowParted(attempt, log, step.parted);
}

/** Undefined where the event leaves it as it is. */
async function summaryAfter(
  { account, ledger, receivedAt }: Attempt,
  thread: OpenLog,
  parent: OpenLog,
  { event, target }: Step,
): Promise<ThreadSummary | undefined> {
  if (event.body.case === "posted") {
    const root = await parent.entry(thread.record?.root ?? "");
    const before = root?.body.case === "message" ? root.body.value.thread : undefined;
    return withReply(before, account, receivedAt);
  }
  const erased = event.body.case === "erased" && target !== undefined;
  return erased ? ledger.transaction.threadSummary(thread.id) : undefined;
}

async function append(
  attempt: Attempt,
  log: OpenLog,
  parent: OpenLog | undefined,
  author: string,
  body: Event["body"],
): Promise<void> {
  const { command, ledger, receivedAt } = attempt;
  const id = consequenceId(command, log.id, author);
  const step = await log.append({
    id,
    author,
    sentAt: command.sentAt,
    receivedAt,
    body,
    ...(parent && { parentSeq: parent.head }),
  });
  await ledger.transaction.accept(log.id, id, step.event.seq);
  const { event, target, joined, parted } = step;
  ledger.publish({ event, touched: target?.ordinal ?? 0, joined, parted });
}
