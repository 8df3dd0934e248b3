import { limits, type RetryCode } from "@parley/protocol";
import type { StoredLink } from "../ports/client-store.ts";
import { type Pending, withState } from "./pending.ts";

/**
 * The pending commands of this device for one log, in order. They are sent from the head within a window; each names its predecessor,
 * so that the server runs them in this order however copies of them race.
 *
 * After any answer that is not a verdict, and whenever the head changes, a new *round* begins at the head: what was sent in a former
 * round may still be answered, but only its verdicts count.
 */
export interface Queue {
  readonly log: string;
  /** The last command of this log known to have a verdict; undefined if there is none. */
  readonly link: StoredLink | undefined;
  /** Queued and held ones, by position. */
  readonly waiting: readonly Pending[];
  /** Sent on this socket and not answered, in the order sent. */
  readonly flights: readonly Flight[];
  readonly round: number;
  /** How many may be unanswered in this round. */
  readonly window: number;
  /** Nothing is sent before this time (by `Clock.elapsed`). */
  readonly retryAt: number | undefined;
  /** What the server named when it last put this queue off; undefined once it gave a verdict, and without a connection. */
  readonly holdUp: RetryCode | undefined;
}

interface Flight {
  readonly id: string;
  readonly round: number;
}

export type Outcome =
  | { readonly kind: "accepted"; readonly seq: number; readonly receivedAt: number }
  | { readonly kind: "rejected"; readonly code: number; readonly reason: string };

export type QueueEvent =
  | { readonly kind: "enqueued"; readonly pending: Pending }
  /** The server's answer to a submission. */
  | { readonly kind: "verdict"; readonly id: string; readonly outcome: Outcome }
  | { readonly kind: "stale"; readonly id: string; readonly last: string }
  | { readonly kind: "retry"; readonly id: string; readonly at: number; readonly code: RetryCode }
  /** Its event or entry arrived, which says the same as a verdict. */
  | { readonly kind: "settled"; readonly id: string; readonly outcome: Outcome }
  /** `by` takes the place of a command that may have been sent. */
  | { readonly kind: "replaced"; readonly id: string; readonly by: Pending }
  /** A command that was never sent has other bytes now. */
  | { readonly kind: "rewritten"; readonly pending: Pending }
  | { readonly kind: "removed"; readonly ids: ReadonlySet<string> }
  /** What held commands waited for was accepted. */
  | { readonly kind: "released"; readonly ids: ReadonlySet<string> }
  /** A person asks to try again before the time that the server gave. */
  | { readonly kind: "hurried" }
  /** The socket closed: nothing is under way any more. */
  | { readonly kind: "lost" }
  /** The server's history was replaced: what came before is unknown. */
  | { readonly kind: "unlinked" };

/** `settled` is the command that got its verdict by this event, with its new state. */
export interface QueueStep {
  readonly queue: Queue;
  readonly settled: Pending | undefined;
}

const largestWindow = limits.submissionsPerFrame;

export function emptyQueue(log: string, link: StoredLink | undefined): Queue {
  return { log, link, waiting: [], flights: [], round: 0, window: 1, retryAt: undefined, holdUp: undefined };
}

export function stepQueue(queue: Queue, event: QueueEvent): QueueStep {
  switch (event.kind) {
    case "enqueued":
      return unsettled(inserted(queue, event.pending));
    case "verdict":
      return settle(landed(grown(queue, event.id), event.id), event.id, event.outcome);
    case "settled":
      return settle(queue, event.id, event.outcome);
    case "stale":
      return unsettled(stale(queue, event.id, event.last));
    case "retry":
      return unsettled(retryLater(queue, event));
    case "replaced":
      return unsettled(fromHead({ ...queue, waiting: swapped(queue.waiting, event.id, event.by) }));
    case "rewritten":
      return unsettled({ ...queue, waiting: swapped(queue.waiting, event.pending.entry.id, event.pending) });
    case "removed":
      return unsettled({ ...queue, waiting: without(queue.waiting, event.ids) });
    case "released":
      return unsettled({ ...queue, waiting: released(queue.waiting, event.ids) });
    case "hurried":
      return unsettled({ ...queue, retryAt: undefined });
    case "lost":
      return unsettled(fromHead({ ...queue, flights: [], retryAt: undefined, holdUp: undefined }));
    case "unlinked":
      return unsettled(fromHead({ ...queue, link: undefined }));
  }
}

function unsettled(queue: Queue): QueueStep {
  return { queue, settled: undefined };
}

function fromHead(queue: Queue): Queue {
  return { ...queue, round: queue.round + 1, window: 1 };
}

/** Commands given back by a restored history have their old positions, before those that wait: then sending begins at the head again. */
function inserted(queue: Queue, pending: Pending): Queue {
  const last = queue.waiting.at(-1);
  if (last === undefined || last.entry.position < pending.entry.position) {
    return { ...queue, waiting: [...queue.waiting, pending] };
  }
  const waiting = [...queue.waiting, pending].sort((one, other) => one.entry.position - other.entry.position);
  return fromHead({ ...queue, waiting });
}

function isUnderWay(queue: Queue, id: string): boolean {
  return queue.flights.some((flight) => flight.id === id && flight.round === queue.round);
}

function grown(queue: Queue, id: string): Queue {
  return isUnderWay(queue, id) ? { ...queue, window: Math.min(largestWindow, queue.window * 2) } : queue;
}

/** Takes the oldest flight of a command away. */
function landed(queue: Queue, id: string): Queue {
  const index = queue.flights.findIndex((flight) => flight.id === id);
  return index < 0 ? queue : { ...queue, flights: queue.flights.toSpliced(index, 1) };
}

function settle(queue: Queue, id: string, outcome: Outcome): QueueStep {
  const index = queue.waiting.findIndex((candidate) => candidate.entry.id === id);
  const pending = queue.waiting[index];
  if (pending === undefined) return unsettled(queue);
  const { log, position } = pending.entry;
  const overtaken = queue.link !== undefined && queue.link.position > position;
  return {
    queue: {
      ...queue,
      link: overtaken ? queue.link : { log, last: id, position },
      holdUp: undefined,
      waiting: queue.waiting.toSpliced(index, 1),
    },
    settled: withState(pending, outcome),
  };
}

/** STALE tells what the head must link to, and nothing about those behind it, which are answered with STALE as well. */
function stale(queue: Queue, id: string, last: string): Queue {
  const current = queue.flights.find((flight) => flight.id === id)?.round === queue.round;
  const rest = landed(queue, id);
  const head = rest.waiting[0];
  if (!current || head === undefined) return rest;
  if (head.entry.id !== id) return fromHead(rest);
  const link = last === "" ? undefined : { log: queue.log, last, position: head.entry.position - 1 };
  return fromHead({ ...rest, link });
}

function retryLater(queue: Queue, { id, at, code }: Extract<QueueEvent, { readonly kind: "retry" }>): Queue {
  const current = queue.flights.find((flight) => flight.id === id)?.round === queue.round;
  const rest = landed(queue, id);
  return current ? fromHead({ ...rest, retryAt: at, holdUp: code }) : rest;
}

function without(waiting: readonly Pending[], ids: ReadonlySet<string>): readonly Pending[] {
  return waiting.filter((pending) => !ids.has(pending.entry.id));
}

function swapped(waiting: readonly Pending[], id: string, by: Pending): readonly Pending[] {
  return waiting.map((pending) => (pending.entry.id === id ? by : pending));
}

function released(waiting: readonly Pending[], ids: ReadonlySet<string>): readonly Pending[] {
  return waiting.map((pending) => (ids.has(pending.entry.id) ? withState(pending, { kind: "queued" }) : pending));
}
