import { create } from "@bufbuild/protobuf";
import { asSeenBy, rangeAt } from "@parley/log";
import {
  ConversationKind,
  type Entry,
  limits,
  type Report,
  type ReportedMessage,
  ReportedMessageSchema,
  type ReportMessage,
  ReportSchema,
} from "@parley/protocol";
import type { Attempt } from "./attempt.ts";
import { sightIn } from "./commands/target.ts";

/** How many entries are looked through for context, before and after: some say nothing, or are out of sight. */
const LOOKED_THROUGH = 50;

/**
 * The copy that admins are given: the messages as their reporter sees them at this moment, and where the reporter wants so those around them. What is out of
 * the reporter's sight, and what the reporter has hidden, is not told.
 *
 * @param targets the messages as the reporter sees them
 */
export async function copyReported(attempt: Attempt, told: ReportMessage, targets: readonly Entry[]): Promise<Report> {
  const { account, command, ledger, receivedAt } = attempt;
  const { conversation, reason, note, withContext } = told;
  const record = (await ledger.log(conversation))?.record;
  const around = withContext ? await contextOf(attempt, conversation, targets) : [];
  const messages = [
    ...targets.map((entry) => messageOf(entry, true)),
    ...around.map((entry) => messageOf(entry, false)),
  ].sort((one, other) => one.ordinal - other.ordinal);
  return create(ReportSchema, {
    id: command.id,
    reporter: account,
    conversation,
    kind: record?.kind ?? ConversationKind.UNSPECIFIED,
    title: record?.title ?? "",
    receivedAt,
    reason,
    note,
    messages,
    keptUntil: receivedAt + limits.reportKeptMs,
  });
}

async function contextOf(attempt: Attempt, conversation: string, targets: readonly Entry[]): Promise<Entry[]> {
  const ordinals = targets.map(({ ordinal }) => ordinal);
  const [first, last] = [Math.min(...ordinals), Math.max(...ordinals)];
  const before = await tellable(attempt, conversation, Math.max(1, first - LOOKED_THROUGH), first - 1);
  const after = await tellable(attempt, conversation, last + 1, last + LOOKED_THROUGH);
  return [...before.slice(-limits.reportContext), ...after.slice(0, limits.reportContext)];
}

/** Messages in a run of ordinals that say something to the reporter. */
async function tellable({ account, ledger }: Attempt, conversation: string, from: number, to: number) {
  const log = await ledger.log(conversation);
  const intervals = log && (await sightIn(ledger, log, account));
  if (intervals === undefined || to < from) return [];
  const { runs } = await ledger.transaction.hidden(account, conversation);
  // What somebody wrote while the reporter blocks them.
  const { blockedAfter = to } = (await log?.member(account)) ?? {};
  return (await ledger.transaction.entries(conversation, from, Math.min(to, blockedAfter))).flatMap(({ entry }) => {
    const seen = rangeAt(runs, entry.ordinal) === undefined ? asSeenBy(intervals, entry) : undefined;
    return seen?.body.case === "message" && seen.body.value.state.case === "content" ? [seen] : [];
  });
}

function messageOf({ id, ordinal, author, sentAt, receivedAt, body }: Entry, reported: boolean): ReportedMessage {
  const message = create(ReportedMessageSchema, { id, ordinal, author, sentAt, receivedAt, reported });
  if (body.case !== "message") return message;
  const { editedAt, state } = body.value;
  return { ...message, editedAt, ...(state.case === "content" && { content: state.value }) };
}
