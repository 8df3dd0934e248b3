import type { OutboxGroup, OutboxItem, OutboxItemState, QueueWait } from "../api/outbox-view.ts";
import { commandDeed, type DeedBasis } from "./command-deed.ts";
import { holdUpOf } from "./hold-up.ts";
import type { Pending } from "./pending.ts";
import type { Queue } from "./queue.ts";

const MOST_FAILED = 50;
const MOST_WAITING = 20;

export interface GroupBasis extends DeedBasis {
  /** By `Clock.elapsed`, as times in queues are. */
  readonly elapsed: number;
  readonly now: number;
  /** Nothing is sent to this log before the server was asked what it knows. */
  readonly doubted: boolean;
}

/** The commands of a group that are shown: what is more is only counted. */
export function shownOf(queue: Queue, rejected: readonly Pending[]): readonly Pending[] {
  return [...rejected.slice(0, MOST_FAILED), ...queue.waiting.slice(0, MOST_WAITING)];
}

/**
 * @param rejected the commands of this log that were rejected, in queue order
 * @returns undefined if there is nothing to tell of
 */
export function outboxGroup(queue: Queue, rejected: readonly Pending[], basis: GroupBasis): OutboxGroup | undefined {
  const waiting = queue.waiting.length;
  if (waiting === 0 && rejected.length === 0) return undefined;
  const items = shownOf(queue, rejected).map((pending) => itemOf(pending, basis));
  return { id: queue.log, waiting, failed: rejected.length, why: whyOf(queue, basis), items };
}

function whyOf(queue: Queue, { elapsed, now, doubted }: GroupBasis): QueueWait {
  if (doubted) return { kind: "checking" };
  const reason = holdUpOf([queue]);
  if (reason === undefined || queue.retryAt === undefined || queue.retryAt <= elapsed) return { kind: "sending" };
  return { kind: "put-off", reason, until: now + (queue.retryAt - elapsed) };
}

function itemOf({ entry, command }: Pending, basis: GroupBasis): OutboxItem {
  return {
    id: entry.id,
    what: commandDeed(command, basis),
    at: command.sentAt,
    possiblySent: entry.possiblySent,
    state: stateOf(entry.state),
  };
}

function stateOf(state: Pending["entry"]["state"]): OutboxItemState {
  switch (state.kind) {
    case "held":
      return { kind: "held" };
    case "rejected":
      return { kind: "failed", code: state.code, reason: state.reason };
    default:
      return { kind: "waiting" };
  }
}
