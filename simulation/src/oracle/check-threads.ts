import { equals } from "@bufbuild/protobuf";
import { isVisible } from "@parley/log";
import { type Event, type ThreadSummary, ThreadSummarySchema, uuidVersion } from "@parley/protocol";
import type { LogHistory } from "./log-history.ts";
import type { Violation } from "./violation.ts";

/** What follows in one log from what happened in another, in the same transaction: no command's own. */
export function isConsequence({ id, body }: Event): boolean {
  return uuidVersion(id) === 8 && (body.case === "threadChanged" || body.case === "unfollowed");
}

export function checkConsequence(history: LogHistory, event: Event): Violation[] {
  if (event.seq === history.head + 1 && event.ordinal === 0) return [];
  return [{ rule: "LOG1", detail: `event ${event.seq} of ${event.log} after ${history.head}` }];
}

/** After a commit: who follows a thread is a member of its parent, sees what its members may, and its root tells what is there. */
export function checkThreads(logs: ReadonlyMap<string, LogHistory>): Violation[] {
  return [...logs].flatMap(([id, history]) => {
    const { parent } = history;
    if (parent === undefined) return [];
    return [...checkFollowers(id, history, parent), ...checkSummary(id, history, parent)];
  });
}

function checkFollowers(id: string, history: LogHistory, parent: LogHistory): Violation[] {
  const violations: Violation[] = [];
  for (const { account, present, intervals } of history.state?.members ?? []) {
    if (present && !parent.isPresent(account)) {
      violations.push({ rule: "THR3", detail: `${account} follows ${id}, whose parent it has left` });
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
