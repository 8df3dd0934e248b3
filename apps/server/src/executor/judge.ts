import type { mentionedAnew } from "@parley/log";
import { type Answer, type Event, RejectionCode, RetryCode, type Verdict } from "@parley/protocol";
import { appendAccountEvent } from "../log/append-account-event.ts";
import type { Submitted } from "../log/log-writer.ts";
import type { WallClock } from "../log/wall-clock.ts";
import type { Attempt } from "./attempt.ts";
import type { Check } from "./checks/check.ts";
import { checkId } from "./checks/check-id.ts";
import { checkLimit } from "./checks/check-limit.ts";
import { checkLink } from "./checks/check-link.ts";
import type { Decision } from "./commands/command-handler.ts";
import { handlerOf } from "./commands/handler-of.ts";
import { emptiedDrafts } from "./emptied-drafts.ts";
import { withoutContent } from "./facts.ts";
import { followMentioned, followThrough, parentOf } from "./follow-through.ts";
import type { OpenLog, Step } from "./open-log.ts";
import { returnsTooEarly, settleThread } from "./partings.ts";
import type { PublicationRules } from "./publication.ts";
import { recordWithdrawal } from "./record-withdrawal.ts";
import type { RejectionRecorder } from "./rejection-recorder.ts";
import { accepted, type Ruling, refused, rejected, retryAnswer, staleAnswer, verdictAnswer } from "./ruling.ts";
import { decodeCommand, malformation } from "./submission.ts";

/** The last seq that a log can have. */
const LAST_SEQ = 0xffff_ffff;

/** Those who have parted are still being taken out of threads. */
const partingGoesOn: Ruling = { kind: "retry", code: RetryCode.UNAVAILABLE, afterMs: 100 };

const logFull: Ruling = refused(RejectionCode.LOG_FULL, "The log has no number left.");

/** What judging is made of; a simulation may exchange a part to see that its checker notices. */
export interface JudgeParts {
  readonly clock: WallClock;
  readonly checks: readonly Check[];
  readonly recordRejection: RejectionRecorder;
  readonly publication: PublicationRules;
  /** Whom a message of a thread has follow it. */
  readonly mentionedAnew: typeof mentionedAnew;
}

/** What the commands of one transaction share. */
export type Session = Pick<Attempt, "ledger" | "tokens" | "receivedAt">;

export type Judge = (submitted: Submitted, session: Session, parts: JudgeParts) => Promise<Answer>;

/** Gives one command its answer: every check in order, then the deed. */
export async function judge(submitted: Submitted, session: Session, parts: JudgeParts): Promise<Answer> {
  return judgeWith(submitted, session, parts, parts.checks, carryOut);
}

/** For a command that failed alone too often: whatever it says, it is rejected in its place. */
export async function judgeFailed(submitted: Submitted, session: Session, parts: JudgeParts): Promise<Answer> {
  const refusal = { code: RejectionCode.FAILED, reason: "The command failed repeatedly." };
  return judgeWith(submitted, session, parts, [checkId, checkLink], async () => ({ kind: "refused", refusal }));
}

async function judgeWith(
  { account, device, order, command: bytes }: Submitted,
  session: Session,
  parts: JudgeParts,
  checks: readonly Check[],
  deed: (attempt: Attempt, parts: JudgeParts) => Promise<Ruling>,
): Promise<Answer> {
  const command = decodeCommand(bytes);
  const malformed = malformation(command, order, device);
  if (command === undefined || malformed !== undefined) {
    // Without a proper id there is nothing to record a verdict under.
    const refusal = { code: RejectionCode.INVALID, reason: malformed ?? "Not a command." };
    return verdictAnswer(command?.id ?? "", rejected(command?.log ?? "", refusal));
  }
  const attempt = { account, device, order, command, commandBytes: bytes.byteLength, ...session };
  if (command.log !== account && !(await settleThread(session, command.log))) {
    return answerOf(attempt, partingGoesOn, parts);
  }
  for (const check of checks) {
    const ruling = await check(attempt);
    if (ruling !== undefined) return answerOf(attempt, ruling, parts);
  }
  return answerOf(attempt, await deed(attempt, parts), parts);
}

/** For a command that the server has made itself: nothing limits it, it has no place in an order, and where it is refused nothing is recorded. */
export async function judgeOwn(attempt: Attempt, parts: JudgeParts): Promise<Ruling> {
  if (!(await settleThread(attempt, attempt.command.log))) return partingGoesOn;
  for (const check of parts.checks) {
    if (check === checkLimit || check === checkLink) continue;
    const ruling = await check(attempt);
    if (ruling !== undefined) return ruling;
  }
  return carryOut(attempt, parts);
}

/** For an event of the server's own: nobody asked for it, so there is nothing to judge. False where it cannot happen yet. */
export async function appendOwn(attempt: Attempt, body: Event["body"], parts: JudgeParts): Promise<boolean> {
  const { command, ledger } = attempt;
  if (!(await settleThread(attempt, command.log))) return false;
  const log = await ledger.log(command.log);
  if (log === undefined || log.head >= LAST_SEQ) throw new Error(`The log ${command.log} takes no event.`);
  await append(attempt, log, body, parts);
  return true;
}

async function carryOut(attempt: Attempt, parts: JudgeParts): Promise<Ruling> {
  const { command, ledger } = attempt;
  const decision = await handlerOf(command.body)?.decide(attempt);
  if (decision === undefined) throw new Error("A command without a handler passed the checks.");
  if (decision.kind === "refused") return decision;
  if (decision.kind === "account-event") return appendToAccount(attempt, decision);
  const log = await ledger.log(command.log);
  if (log === undefined) throw new Error(`The log ${command.log} does not exist.`);
  if (log.head >= LAST_SEQ) return logFull;
  if (await returnsTooEarly(attempt, log, attempt.account, decision.body)) return partingGoesOn;
  if (decision.picture !== undefined) await ledger.transaction.putPicture(log.id, decision.picture);
  return { kind: "verdict", verdict: await append(attempt, log, decision.body, parts) };
}

type AccountDecision = Extract<Decision, { kind: "account-event" }>;

async function appendToAccount(attempt: Attempt, { body, report }: AccountDecision): Promise<Ruling> {
  const { account, command, ledger, receivedAt } = attempt;
  if ((await ledger.transaction.accountHead(account)) >= LAST_SEQ) return logFull;
  const event = await appendAccountEvent(ledger.transaction, account, { id: command.id, receivedAt, body });
  if (report !== undefined) await ledger.transaction.addReport(report);
  advance(attempt);
  ledger.tell({ account, event });
  return { kind: "verdict", verdict: accepted(account, event.seq, receivedAt) };
}

/** The command takes its place in the order of its device. */
function advance({ device, order, command, ledger }: Attempt): void {
  if (device !== undefined && order.link.case !== "none") ledger.advance(command.log, device, command.id);
}

async function append(
  attempt: Attempt,
  log: OpenLog,
  body: Event["body"],
  { publication, mentionedAnew }: JudgeParts,
): Promise<Verdict> {
  const { account, command, ledger, receivedAt } = attempt;
  const { id, sentAt } = command;
  const parent = await parentOf(attempt, log, body);
  if (parent !== undefined) {
    const before = body.case === "edited" ? await log.entry(body.value.target) : undefined;
    await followMentioned(attempt, log, parent, mentionedAnew({ author: account, body }, before));
  }
  const step = await log.append({
    id,
    author: account,
    sentAt,
    receivedAt,
    body,
    ...(parent && { parentSeq: parent.head }),
  });
  await ledger.transaction.accept(command.log, id, step.event.seq);
  advance(attempt);
  const event = await frameOf(log, step, publication);
  const touched = event.ordinal || (step.target?.ordinal ?? 0);
  const emptied = await emptiedDrafts({ account, command, ledger, receivedAt }, step);
  ledger.publish({ event, touched, joined: step.joined, parted: step.parted, ...emptied });
  await followThrough(attempt, log, parent, step);
  return accepted(command.log, step.event.seq, receivedAt);
}

/** A post is newer than every present member; an edit may concern a message from before one of them came. */
async function frameOf(log: OpenLog, { event, target }: Step, { carriesEdit }: PublicationRules): Promise<Event> {
  if (event.body.case !== "edited" || target === undefined) return event;
  return carriesEdit(await log.presentMembers(), target.seq) ? event : withoutContent(event);
}

async function answerOf(attempt: Attempt, ruling: Ruling, { recordRejection }: JudgeParts): Promise<Answer> {
  const { id } = attempt.command;
  switch (ruling.kind) {
    case "verdict":
      return verdictAnswer(id, ruling.verdict);
    case "stale":
      return staleAnswer(id, ruling.last);
    case "retry":
      return retryAnswer(id, ruling.code, ruling.afterMs);
    case "refused":
      return reject(attempt, ruling, recordRejection);
  }
}

type Refused = Extract<Ruling, { kind: "refused" }>;

async function reject(attempt: Attempt, { refusal, withdrawn }: Refused, record: RejectionRecorder): Promise<Answer> {
  const { command } = attempt;
  const hindrance = await record(attempt, refusal);
  if (hindrance !== undefined) return retryAnswer(command.id, hindrance.code, hindrance.afterMs);
  if (withdrawn !== undefined) await recordWithdrawal(attempt, withdrawn);
  advance(attempt);
  return verdictAnswer(command.id, rejected(command.log, refusal));
}
