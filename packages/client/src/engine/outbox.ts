import { RejectionCode } from "@parley/protocol";
import { isKeptWhenRejected, isWaiting, type Pending, pendingOf, targetOfCommand, withState } from "../core/pending.ts";
import { emptyQueue, type Outcome, type Queue, type QueueEvent, stepQueue } from "../core/queue.ts";
import type { OutboxEntry, OutboxEntryState, StoredLink } from "../ports/client-store.ts";
import { AcceptedCommands } from "./accepted-commands.ts";
import type { Batch } from "./batch.ts";
import { LogCommands } from "./log-commands.ts";

/** The commands of this device that are not forgotten yet, in all states, and the queues of those that wait. */
export class Outbox {
  readonly #queues = new Map<string, Queue>();
  readonly #commands = new Map<string, Pending>();
  readonly #logs = new Map<string, LogCommands>();
  /** Ids of held commands: few, and asked for at every verdict. */
  readonly #held = new Set<string>();
  readonly #accepted: AcceptedCommands;
  #lastPosition = 0;

  constructor(now: () => number) {
    this.#accepted = new AcceptedCommands(now);
  }

  /** Replaces everything by what is stored. */
  load(entries: readonly OutboxEntry[], links: readonly StoredLink[]): void {
    this.#queues.clear();
    this.#commands.clear();
    this.#logs.clear();
    this.#held.clear();
    this.#accepted.clear();
    for (const link of links) this.#queues.set(link.log, emptyQueue(link.log, link));
    const commands = entries.map(pendingOf).sort((one, other) => one.entry.position - other.entry.position);
    for (const pending of commands) {
      this.#remember(pending);
      this.#accepted.add(pending.entry);
      this.#lastPosition = Math.max(this.#lastPosition, pending.entry.position);
      if (isWaiting(pending)) this.#step(pending.entry.log, { kind: "enqueued", pending });
    }
  }

  get(id: string): Pending | undefined {
    return this.#commands.get(id);
  }

  /** Commands in a log, in queue order. */
  inLog(log: string): readonly Pending[] {
    return this.#logs.get(log)?.inOrder() ?? [];
  }

  get logs(): Iterable<string> {
    return this.#logs.keys();
  }

  get queues(): readonly Queue[] {
    return [...this.#queues.values()];
  }

  replaceQueue(queue: Queue): void {
    this.#queues.set(queue.log, queue);
  }

  /** How many have no verdict yet. */
  get waitingCount(): number {
    return this.queues.reduce((sum, queue) => sum + queue.waiting.length, 0);
  }

  nextPosition(): number {
    this.#lastPosition++;
    return this.#lastPosition;
  }

  /** Stores a command; one that waits joins its queue. */
  add(pending: Pending, batch: Batch): void {
    this.#accepted.delete(pending.entry.id);
    this.put(pending, batch);
    if (isWaiting(pending)) this.#step(pending.entry.log, { kind: "enqueued", pending });
  }

  /** Stores a command as it is now, without touching its queue. */
  put(pending: Pending, batch: Batch): void {
    this.#remember(pending);
    batch.put({ kind: "outbox", entry: pending.entry }, isWaiting(pending) ? "strict" : "relaxed");
    batch.touched.add(pending.entry.log);
  }

  forget(id: string, batch: Batch): void {
    const pending = this.#commands.get(id);
    if (pending === undefined) return;
    const { log } = pending.entry;
    this.#step(log, { kind: "removed", id });
    this.#commands.delete(id);
    this.#held.delete(id);
    this.#logs.get(log)?.delete(id);
    if (this.#logs.get(log)?.isEmpty) this.#logs.delete(log);
    this.#accepted.delete(id);
    // What was given up must not come back after a power cut and be sent.
    batch.put({ kind: "forget-outbox", id }, pending.entry.state.kind === "accepted" ? "relaxed" : "strict");
    batch.touched.add(log);
  }

  /** `by` takes the place of a waiting command. */
  replace(id: string, by: Pending, batch: Batch): void {
    this.#step(by.entry.log, { kind: "replaced", id, by });
    this.put(by, batch);
    this.forget(id, batch);
  }

  /** A waiting command that was never sent gets other bytes. */
  rewrite(pending: Pending, batch: Batch): void {
    this.#step(pending.entry.log, { kind: "rewritten", pending });
    this.put(pending, batch);
  }

  /** An event or an entry of this command arrived. */
  settle(id: string, seq: number, receivedAt: number, batch: Batch): void {
    const pending = this.#commands.get(id);
    if (pending === undefined || !isWaiting(pending)) return;
    this.apply(pending.entry.log, { kind: "settled", id, outcome: { kind: "accepted", seq, receivedAt } }, batch);
  }

  /** Steps a queue; whoever gets its verdict by it is stored so, with what follows for the others. */
  apply(log: string, event: QueueEvent, batch: Batch): void {
    const before = this.#queues.get(log);
    const settled = this.#step(log, event);
    const { link, holdUp } = this.#queues.get(log) ?? emptyQueue(log, undefined);
    if (holdUp !== before?.holdUp) batch.touched.add(log);
    if (link !== before?.link) batch.put({ kind: "link", link: link ?? { log, last: "", position: 0 } });
    if (settled === undefined) return;
    if (settled.entry.state.kind === "accepted") this.#accept(settled, batch);
    else this.#reject(settled, batch);
  }

  /** Nothing is under way any more. */
  lost(batch: Batch): void {
    for (const { log } of this.queues) this.apply(log, { kind: "lost" }, batch);
  }

  #accept(pending: Pending, batch: Batch): void {
    this.put(pending, batch);
    for (const held of this.#heldBy(pending.entry.id)) {
      this.#step(held.entry.log, { kind: "released", id: held.entry.id });
      this.put(withState(held, { kind: "queued" }), batch);
    }
    for (const id of this.#accepted.add(pending.entry)) this.forget(id, batch);
  }

  #reject(pending: Pending, batch: Batch): void {
    const { id, log, state } = pending.entry;
    const withdrawn = state.kind === "rejected" && state.code === RejectionCode.WITHDRAWN;
    if (isKeptWhenRejected(pending.command) && !withdrawn) this.put(pending, batch);
    else this.forget(id, batch);
    // Rejected on the way; what depends on it and may have been sent gets a verdict of its own.
    for (const held of this.#heldBy(id)) this.#fail(held, batch);
    for (const dependant of this.dependantsOf(id, log)) {
      if (!dependant.entry.possiblySent) this.#fail(dependant, batch);
    }
  }

  #fail(pending: Pending, batch: Batch): void {
    const { id, log } = pending.entry;
    this.#step(log, { kind: "removed", id });
    this.#reject(withState(pending, dependencyFailed), batch);
  }

  /** Waiting commands that change the message that a command posts. */
  dependantsOf(id: string, log: string): readonly Pending[] {
    return (this.#queues.get(log)?.waiting ?? []).filter((pending) => targetOfCommand(pending.command) === id);
  }

  #heldBy(id: string): readonly Pending[] {
    return [...this.#held]
      .map((held) => this.#commands.get(held))
      .filter((pending) => pending !== undefined)
      .filter(({ entry: { state } }) => state.kind === "held" && state.id === id);
  }

  #step(log: string, event: QueueEvent): Pending | undefined {
    const step = stepQueue(this.#queues.get(log) ?? emptyQueue(log, undefined), event);
    this.#queues.set(log, step.queue);
    return step.settled;
  }

  #remember(pending: Pending): void {
    const { id, log, state } = pending.entry;
    this.#commands.set(id, pending);
    if (state.kind === "held") this.#held.add(id);
    else this.#held.delete(id);
    const commands = this.#logs.get(log) ?? new LogCommands();
    this.#logs.set(log, commands);
    commands.put(pending);
  }
}

const dependencyFailed: OutboxEntryState & Outcome = {
  kind: "rejected",
  code: RejectionCode.DEPENDENCY,
  reason: "What it waited for was rejected.",
};
