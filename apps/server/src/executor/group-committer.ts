import type { Answer } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Submitter } from "../connection/submitter.ts";
import type { AccountNews, LogWriter, Outcome, PublishedEvent, Submitted } from "../log/log-writer.ts";

/** How many commands share one commit. */
const COMMANDS_PER_BATCH = 128;

/** How many batches are with the writer at most: behind the one that is being committed, a full one may wait, so that the writer never does. */
const BATCHES_UNDER_WAY = 2;

/**
 * While commands keep coming, a batch that is not full gathers for so long from its first command. A commit costs one sync, two wakings of threads and what it changes in
 * pages, which a few messages share; nobody notices the wait.
 */
const GATHER_MS = 5;

/**
 * How many commands a device has at most in one turn. Those of one device mostly change one conversation, and a batch costs what it changes in pages, not in rows; longer
 * turns would keep others waiting.
 */
const COMMANDS_PER_TURN = 8;

export interface GroupCommitterParts {
  readonly writer: Pick<LogWriter, "execute" | "due">;
  /** Gets every durable event in commit order, before any answer of its batch leaves. */
  readonly publish: (events: readonly PublishedEvent[], written: readonly AccountNews[]) => void;
  readonly clock: Pick<Clock, "elapsed" | "after">;
}

interface Waiting {
  readonly submitted: Submitted;
  readonly answer: (answer: Answer) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Gathers commands while a batch is being committed, and for some milliseconds from the first of them, so that one sync serves them all. After a pause a command
 * waits no longer than until what arrived with it was read. Devices take turns of some commands, each in its own order, so that a long queue of one does
 * not hold back the others.
 */
export class GroupCommitter implements Submitter {
  readonly #parts: GroupCommitterParts;
  /** By device, or by account for calls without one. The first in the map is the next to have a turn. */
  readonly #queues = new Map<string, Waiting[]>();
  #queued = 0;
  #begunAt = Number.NEGATIVE_INFINITY;
  /** When the first was queued of those that are. */
  #queuedAt = Number.NEGATIVE_INFINITY;
  #underWay = 0;
  /** Ends the gathering of the next batch, if that has begun. */
  #cancelGathering: (() => void) | undefined;

  constructor(parts: GroupCommitterParts) {
    this.#parts = parts;
  }

  submit(commands: readonly Submitted[]): Promise<readonly Answer[]> {
    const answers = commands.map(
      (submitted) => new Promise<Answer>((answer, fail) => this.#enqueue({ submitted, answer, fail })),
    );
    this.#gather();
    return Promise.all(answers);
  }

  /** Has the writer do what is due, in its turn, and publishes that; when something is due next. */
  async due(): Promise<number | undefined> {
    const { published, written, next } = await this.#parts.writer.due();
    this.#parts.publish(published, written);
    return next;
  }

  #enqueue(waiting: Waiting): void {
    const key = waiting.submitted.device ?? waiting.submitted.account;
    const queue = this.#queues.get(key);
    if (queue === undefined) this.#queues.set(key, [waiting]);
    else queue.push(waiting);
    if (this.#queued++ === 0) this.#queuedAt = this.#parts.clock.elapsed();
  }

  /** Sees to it that what is queued will be committed: soon if it fills a batch, otherwise when it has gathered for long enough. */
  #gather(): void {
    if (this.#underWay > 0) {
      this.#beginDue();
      return;
    }
    if (this.#queued === 0) return;
    const full = this.#queued >= COMMANDS_PER_BATCH;
    if (this.#cancelGathering !== undefined && !full) return;
    this.#cancelGathering?.();
    this.#cancelGathering = this.#parts.clock.after(full ? 0 : this.#restMs(), () => {
      this.#cancelGathering = undefined;
      void this.#begin();
      this.#beginDue();
    });
  }

  /** How long a batch that is not full should still gather: no longer where it begins after a pause. */
  #restMs(): number {
    const paused = this.#queuedAt - this.#begunAt >= GATHER_MS;
    return paused ? 0 : Math.max(0, this.#queuedAt + GATHER_MS - this.#parts.clock.elapsed());
  }

  #beginDue(): void {
    while (this.#due()) void this.#begin();
  }

  #due(): boolean {
    if (this.#underWay >= BATCHES_UNDER_WAY) return false;
    return this.#queued >= COMMANDS_PER_BATCH || (this.#underWay === 0 && this.#queued > 0 && this.#restMs() === 0);
  }

  /** Hands the next batch to the writer, and the one after it before it tells of this one, so that the writer never waits for what is told. */
  async #begin(): Promise<void> {
    this.#underWay++;
    const tell = await this.#commit(this.#nextBatch());
    this.#underWay--;
    this.#beginDue();
    tell();
    this.#gather();
  }

  /** What is left to do once a batch is durable, or has failed. */
  async #commit(batch: readonly Waiting[]): Promise<() => void> {
    this.#begunAt = this.#parts.clock.elapsed();
    try {
      const outcome = await this.#parts.writer.execute(batch.map(({ submitted }) => submitted));
      return () => this.#tell(batch, outcome);
    } catch (error) {
      return () => failAll(batch, error);
    }
  }

  #tell(batch: readonly Waiting[], { answers, published, written }: Outcome): void {
    try {
      this.#parts.publish(published, written);
    } catch (error) {
      failAll(batch, error);
      return;
    }
    answers.forEach((answer, index) => {
      batch[index]?.answer(answer);
    });
  }

  /** The turns of one device after the other, until the batch is full or nothing is left. */
  #nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    while (batch.length < COMMANDS_PER_BATCH) {
      const [turn] = this.#queues;
      if (turn === undefined) break;
      const [key, queue] = turn;
      batch.push(...queue.splice(0, Math.min(COMMANDS_PER_TURN, COMMANDS_PER_BATCH - batch.length)));
      this.#queues.delete(key);
      if (queue.length > 0) this.#queues.set(key, queue);
    }
    this.#queued -= batch.length;
    this.#queuedAt = this.#parts.clock.elapsed();
    return batch;
  }
}

function failAll(batch: readonly Waiting[], error: unknown): void {
  for (const { fail } of batch) fail(error);
}
