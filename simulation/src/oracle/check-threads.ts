import { equals } from "@bufbuild/protobuf";
import { isVisible, mentionedAnew, targetOf } from "@parley/log";
import { type Event, type ThreadSummary, ThreadSummarySchema, uuidVersion } from "@parley/protocol";
import type { BlockLedger } from "./block-ledger.ts";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** What follows in one log from what happened in another, in the same transaction: no command's own. */
export function isConsequence({ id, body }: Event): boolean {
  return uuidVersion(id) === 8 && (body.case === "threadChanged" || isFollowing(body));
}

function isFollowing(body: Event["body"]): boolean {
  return body.case === "followed" || body.case === "unfollowed";
}

export function checkConsequence(history: LogHistory, event: Event): Violation[] {
  const { seq, log, author, parentSeq } = event;
  if (event.body.case === "followed" && history.parent?.isPresent(author, parentSeq) !== true) {
    return [{ rule: "THR3", detail: `event ${seq} of ${log}: ${author} is no member of the parent` }];
  }
  if (seq === history.head + 1 && event.ordinal === 0) return [];
  return [{ rule: "LOG1", detail: `event ${seq} of ${log} after ${history.head}` }];
}

/**
 * Whom a message of a thread mentions anew follows it from the event before on, and nobody else is made to: members of the parent, who do not block its
 * author. Who ever blocked somebody may have done so just then.
 */
export function checkMentioned(history: LogHistory, event: Event, blocks: BlockLedger): Violation[] {
  const { parent, events } = history;
  if (parent === undefined) return [];
  const first = events.findLastIndex((one) => !isConsequence(one) || one.body.case !== "followed") + 1;
  const brought = events.slice(first).map(({ author }) => author);
  const mentioned = mentionedAnew(event, history.historyOf(targetOf(event) ?? "")?.at(-1));
  const due = mentioned.filter(
    (account) => parent.isPresent(account, event.parentSeq) && !history.isPresent(account, first),
  );
  const left = due.filter((account) => !brought.includes(account) && !blocks.accounts.includes(account));
  const strangers = brought.filter((account) => !due.includes(account));
  if (left.length === 0 && strangers.length === 0) return [];
  const detail = `event ${event.seq} of ${event.log} has ${brought} follow it; left out ${left}, not mentioned ${strangers}`;
  return [{ rule: "MEN5", detail }];
}

/**
 * After a commit: who follows a thread was a member of its parent when something happened there last, sees what its members may, and its root tells what is
 * there.
 */
export function checkThreads(logs: ReadonlyMap<string, LogHistory>): Violation[] {
  return [...logs].flatMap(([id, history]) => {
    const { parent } = history;
    if (parent === undefined) return [];
    return [...checkFollowers(id, history, parent), ...checkSummary(id, history, parent)];
  });
}

/** At rest: nobody follows a thread whose parent they have left. */
export function checkThreadsAtRest(logs: ReadonlyMap<string, LogHistory>): Violation[] {
  return [...logs].flatMap(([id, { state, parent }]) =>
    (state?.members ?? [])
      .filter(({ account, present }) => present && parent !== undefined && !parent.isPresent(account))
      .map(({ account }) => ({ rule: "THR7", detail: `at rest ${account} follows ${id}, whose parent it has left` })),
  );
}

function checkFollowers(id: string, history: LogHistory, parent: LogHistory): Violation[] {
  const violations: Violation[] = [];
  const last = history.events.findLast((event) => !isConsequence(event) || event.body.case !== "unfollowed");
  for (const { account, present, intervals } of history.state?.members ?? []) {
    if (present && last !== undefined && !parent.isPresent(account, last.parentSeq)) {
      violations.push({
        rule: "THR7",
        detail: `${account} follows ${id}, whose parent it had left before ${last.seq}`,
      });
    }
    const seen = present ? history.events.filter(({ seq }) => isVisible(intervals, seq)) : [];
    const early = seen.find(({ parentSeq }) => !parent.wasMemberAfter(account, parentSeq));
    if (early === undefined) continue;
    violations.push({
      rule: "THR2",
      detail: `${account} sees ${early.seq} of ${id}, and was no member after ${early.parentSeq}`,
    });
  }
  return violations;
}

function checkSummary(id: string, history: LogHistory, parent: LogHistory): Violation[] {
  const root = parent.historyOf(history.state?.root ?? "")?.at(-1);
  const told = root?.body.case === "message" ? root.body.value.thread : undefined;
  const expected = summaryOf(history);
  if (told === undefined ? expected.replies === 0 : equals(ThreadSummarySchema, told, expected)) return [];
  return [
    {
      rule: "THR5",
      detail: `the root of ${id} tells of ${told?.replies ?? 0} replies, not ${expected.replies}, or of others`,
    },
  ];
}

/** Counted from the messages that are there. */
function summaryOf(history: LogHistory): ThreadSummary {
  const newest = Array.from({ length: history.entryHead }, (_, index) => history.historyAt(index + 1)?.at(-1))
    .filter((entry) => entry?.body.case === "message" && entry.body.value.state.case !== "deleted")
    .flatMap((entry) => entry ?? [])
    .toReversed();
  return {
    $typeName: "parley.v1.ThreadSummary",
    replies: newest.length,
    lastReplyAt: newest[0]?.receivedAt ?? 0,
    participants: [...new Set(newest.map(({ author }) => author))].slice(0, 3),
  };
}
