import { RejectionCode } from "@parley/protocol";
import { peopleBroughtBy } from "../core/left-out.ts";
import { isKeptWhenRejected, isWaiting, type Pending, pendingOf, targetOfCommand, withState } from "../core/pending.ts";
import { emptyQueue, type Queue, type QueueEvent, stepQueue } from "../core/queue.ts";
import type { OutboxEntry, OutboxEntryState, StoredLink } from "../ports/client-store.ts";
import { AcceptedCommands } from "./accepted-commands.ts";
import type { Batch } from "./batch.ts";
import { Dependants } from "./dependants.ts";
import { LogCommands } from "./log-commands.ts";

/** The commands of this device that are not forgotten yet, in all states, and the queues of those that wait. */
export class Outbox {
  readonly #queues = new Map<string, Queue>();
  readonly #commands = new Map<string, Pending>();
  readonly #logs = new Map<string, LogCommands>();
  readonly #dependants = new Dependants();
  /** Those that were rejected, by log and id. */
  readonly #rejected = new Map<string, Map<string, Pending>>();
  /** Those that were accepted and name people, of which it was not looked at who was left out; by id. */
  readonly #bringing = new Map<string, Pending>();
  readonly #accepted: AcceptedCommands;
  /** What is stored of those that the batch under way changes; undefined for new ones. */
  readonly #before = new Map<string, OutboxEntry | undefined>();
  #lastPosition = 0;

  constructor(now: () => number) {
    this.#accepted = new AcceptedCommands(now);
  }

  /** Replaces everything by what is stored. */
  load(entries: readonly OutboxEntry[], links: readonly StoredLink[]): void {
    this.#queues.clear();
    this.#commands.clear();
    this.#logs.clear();
    this.#dependants.clear();
    this.#rejected.clear();
    this.#bringing.clear();
    this.#accepted.clear();
    this.#before.clear();
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

  /** The creation of a conversation, if it was not accepted. */
  creationOf(log: string): Pending | undefined {
    return this.#logs.get(log)?.openCreation;
  }

  /** Commands that change the message that a command posts, or are held for the conversation that it creates, in queue order. */
  dependantsOf(id: string): readonly Pending[] {
    return this.#dependants
      .of(id)
      .map((dependant) => this.#commands.get(dependant))
      .filter((pending) => pending !== undefined)
      .sort((one, other) => one.entry.position - other.entry.position);
  }

  /** Whether nothing of a log that was acknowledged comes after this command, as far as this device knows. */
  isNewest(log: string, id: string): boolean {
    const known = this.#commands.get(id)?.entry.position ?? 0;
    const accepted = this.inLog(log).filter(({ entry }) => entry.state.kind === "accepted");
    return accepted.every(({ entry }) => entry.position <= known);
  }

  queueOf(log: string): Queue {
    return this.#queues.get(log) ?? emptyQueue(log, undefined);
  }

  /** Every command as it is stored. */
  get stored(): readonly OutboxEntry[] {
    const unchanged = [...this.#commands.values()].map(({ entry }) => entry).filter(({ id }) => !this.#before.has(id));
    return [...unchanged, ...[...this.#before.values()].filter((entry) => entry !== undefined)];
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

  /** Nothing waits, and nothing that was rejected is kept. */
  get isQuiet(): boolean {
    return this.waitingCount === 0 && this.#rejected.size === 0;
  }

  /** Commands of a log that were rejected and are kept, in queue order. */
  rejectedIn(log: string): readonly Pending[] {
    return [...(this.#rejected.get(log)?.values() ?? [])].sort(
      (one, other) => one.entry.position - other.entry.position,
    );
  }

  /** Accepted commands that name people, as long as it was not looked at who of them was left out. */
  get bringing(): readonly Pending[] {
    return [...this.#bringing.values()];
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
    // A verdict comes again from the server. What is new is nowhere else, even where it is rejected as it is typed.
    const strict = isWaiting(pending) || !this.#commands.has(pending.entry.id);
    this.#changing(pending.entry.id, batch);
    this.#remember(pending);
    batch.put({ kind: "outbox", entry: pending.entry }, strict ? "strict" : "relaxed");
    batch.touched.add(pending.entry.log);
  }

  forget(id: string, batch: Batch): void {
    const pending = this.#commands.get(id);
    if (pending === undefined) return;
    const { log } = pending.entry;
    this.#changing(id, batch);
    this.#step(log, { kind: "removed", ids: new Set([id]) });
    this.#commands.delete(id);
    this.#dependants.delete(id);
    this.#forgetRejected(pending);
    this.#bringing.delete(id);
    this.#logs.get(log)?.delete(id);
    if (this.#logs.get(log)?.isEmpty) this.#logs.delete(log);
    this.#accepted.delete(id);
    // What was given up must not come back after a power cut and be sent.
    batch.put({ kind: "forget-outbox", id }, pending.entry.state.kind === "accepted" ? "relaxed" : "strict");
    batch.touched.add(log);
  }

  /** A message is gone: what the acknowledged commands say that wrote it must not outlive it, nor be sent again to a server that was set back. */
  forgetMessage(id: string, batch: Batch): void {
    const edits = this.dependantsOf(id).filter(({ command }) => command.body.case === "edit");
    for (const pending of [this.#commands.get(id), ...edits]) {
      if (pending?.entry.state.kind === "accepted") this.forget(pending.entry.id, batch);
    }
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
    const { link, holdUp } = this.queueOf(log);
    if (holdUp !== before?.holdUp) batch.touched.add(log);
    if (link !== before?.link) batch.put({ kind: "link", link: link ?? { log, last: "", position: 0 } });
    if (settled === undefined) return;
    if (settled.entry.state.kind === "accepted") this.#accept(settled, batch);
    else this.#reject(settled, batch);
  }

  /** A person does not want to wait as long as the server asked for. */
  hurry(batch: Batch): void {
    for (const { log, retryAt } of this.queues) if (retryAt !== undefined) this.apply(log, { kind: "hurried" }, batch);
  }

  /** Nothing is under way any more. */
  lost(batch: Batch): void {
    for (const { log } of this.queues) this.apply(log, { kind: "lost" }, batch);
  }

  #changing(id: string, batch: Batch): void {
    if (this.#before.has(id)) return;
    this.#before.set(id, this.#commands.get(id)?.entry);
    batch.after(() => this.#before.delete(id));
  }

  #accept(pending: Pending, batch: Batch): void {
    this.put(pending, batch);
    const held = this.#heldBy(pending.entry.id);
    for (const [log, ids] of idsByLog(held)) this.#step(log, { kind: "released", ids });
    for (const released of held) this.put(withState(released, { kind: "queued" }), batch);
    for (const id of this.#accepted.add(pending.entry)) this.forget(id, batch);
  }

  #reject(pending: Pending, batch: Batch): void {
    const { id, log, state } = pending.entry;
    const withdrawn = state.kind === "rejected" && state.code === RejectionCode.WITHDRAWN;
    if (isKeptWhenRejected(pending.command) && !withdrawn) this.put(pending, batch);
    else this.forget(id, batch);
    // Rejected on the way; what depends on it and may have been sent gets a verdict of its own.
    const changing = this.dependantsOf(id).filter(
      (other) => other.entry.log === log && targetOfCommand(other.command) === id && !other.entry.possiblySent,
    );
    this.#fail([...new Set([...this.#heldBy(id), ...changing.filter(isWaiting)])], batch);
  }

  #fail(pendings: readonly Pending[], batch: Batch): void {
    for (const [log, ids] of idsByLog(pendings)) this.#step(log, { kind: "removed", ids });
    for (const pending of pendings) {
      // One that fell with another of these has its rejection already.
      if (this.#commands.get(pending.entry.id) === pending) this.#reject(withState(pending, fallen(pending)), batch);
    }
  }

  #heldBy(id: string): readonly Pending[] {
    return this.dependantsOf(id).filter(({ entry: { state } }) => state.kind === "held" && state.id === id);
  }

  #step(log: string, event: QueueEvent): Pending | undefined {
    const step = stepQueue(this.queueOf(log), event);
    this.#queues.set(log, step.queue);
    return step.settled;
  }

  #remember(pending: Pending): void {
    const { id, log, state } = pending.entry;
    this.#commands.set(id, pending);
    this.#dependants.put(pending);
    this.#forgetRejected(pending);
    if (state.kind !== "accepted" || state.lookedAt) this.#bringing.delete(id);
    else if (peopleBroughtBy(pending.command).length > 0) this.#bringing.set(id, pending);
    if (state.kind === "rejected") {
      const rejected = this.#rejected.get(log) ?? new Map<string, Pending>();
      this.#rejected.set(log, rejected.set(id, pending));
    }
    const commands = this.#logs.get(log) ?? new LogCommands();
    this.#logs.set(log, commands);
    commands.put(pending);
  }

  #forgetRejected({ entry: { id, log } }: Pending): void {
    const rejected = this.#rejected.get(log);
    rejected?.delete(id);
    if (rejected?.size === 0) this.#rejected.delete(log);
  }
}

function idsByLog(pendings: readonly Pending[]): ReadonlyMap<string, ReadonlySet<string>> {
  const logs = new Map<string, Set<string>>();
  for (const { entry } of pendings) {
    const ids = logs.get(entry.log);
    if (ids === undefined) logs.set(entry.log, new Set([entry.id]));
    else ids.add(entry.id);
  }
  return logs;
}

function fallen({ entry: { log, state } }: Pending): OutboxEntryState {
  return state.kind === "held" && state.log !== log ? { ...dependencyFailed, fellWith: state.id } : dependencyFailed;
}

const dependencyFailed = {
  kind: "rejected",
  code: RejectionCode.DEPENDENCY,
  reason: "What it waited for was rejected.",
} as const;
