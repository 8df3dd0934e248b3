import { create } from "@bufbuild/protobuf";
import { FirstSchema, limits, type Order, OrderSchema, type Submission, SubmissionSchema } from "@parley/protocol";
import type { Pending } from "./pending.ts";
import type { Queue } from "./queue.ts";

export interface Allowance {
  readonly now: number;
  /** How many more submissions may be unanswered. */
  readonly credit: number;
  /** How many more bytes of commands fit. */
  readonly bytes: number;
}

export interface Taken {
  readonly queue: Queue;
  readonly submissions: readonly Submission[];
  /** Commands whose first byte leaves now: to be stored as possibly sent before it does. */
  readonly firstSent: readonly Pending[];
  readonly bytes: number;
}

/** Takes what may be sent of a queue now: from behind what is under way, up to a held command, the window and the allowance. */
export function takeSubmissions(queue: Queue, allowance: Allowance): Taken {
  const nothing: Taken = { queue, submissions: [], firstSent: [], bytes: 0 };
  if (queue.retryAt !== undefined && queue.retryAt > allowance.now) return nothing;
  const underWay = new Set(queue.flights.filter((flight) => flight.round === queue.round).map((flight) => flight.id));
  const start = queue.waiting.findIndex((pending) => !underWay.has(pending.entry.id));
  if (start < 0) return nothing;
  const most = Math.min(queue.window - underWay.size, allowance.credit, limits.submissionsPerFrame);
  const chosen = choose(queue.waiting.slice(start, start + Math.max(0, most)), allowance.bytes);
  if (chosen.length === 0) return nothing;
  return {
    queue: {
      ...queue,
      retryAt: undefined,
      waiting: queue.waiting.toSpliced(start, chosen.length, ...chosen.map(markedSent)),
      flights: [...queue.flights, ...chosen.map((pending) => ({ id: pending.entry.id, round: queue.round }))],
    },
    submissions: chosen.map((pending, index) =>
      create(SubmissionSchema, {
        order: orderAfter(queue.waiting[start + index - 1]?.entry.id ?? queue.link?.last),
        command: pending.entry.command,
      }),
    ),
    firstSent: chosen.filter((pending) => !pending.entry.possiblySent).map(markedSent),
    bytes: sizeOf(chosen),
  };
}

function choose(candidates: readonly Pending[], mostBytes: number): readonly Pending[] {
  let bytes = 0;
  const end = candidates.findIndex((pending) => {
    bytes += pending.entry.command.length;
    return pending.entry.state.kind === "held" || bytes > mostBytes;
  });
  return end < 0 ? candidates : candidates.slice(0, end);
}

function sizeOf(chosen: readonly Pending[]): number {
  return chosen.reduce((sum, pending) => sum + pending.entry.command.length, 0);
}

function markedSent(pending: Pending): Pending {
  return pending.entry.possiblySent ? pending : { ...pending, entry: { ...pending.entry, possiblySent: true } };
}

function orderAfter(last: string | undefined): Order {
  return create(OrderSchema, {
    link:
      last === undefined || last === ""
        ? { case: "first", value: create(FirstSchema) }
        : { case: "after", value: last },
  });
}
