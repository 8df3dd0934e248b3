import { type Answer, limits, type Submission } from "@parley/protocol";
import { Batch } from "../engine/batch.ts";
import { Outbox } from "../engine/outbox.ts";
import { Submissions } from "../engine/submissions.ts";
import type { ClientStore } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Http } from "../ports/http.ts";
import type { FlushEnd } from "./flush-end.ts";
import { callSubmit } from "./submit-call.ts";

interface FlusherPorts {
  readonly store: ClientStore;
  readonly http: Http;
  readonly clock: Clock;
  /** Of this owner of the store. */
  readonly generation: number;
}

/**
 * Sends an outbox request by request, with the engine's own queues: each command linked to the one before it, stored as possibly sent before its
 * first byte leaves, and stored with its verdict before anything else is sent. A queue that comes to a stop is left; the others go on.
 */
export class Flusher {
  readonly #ports: FlusherPorts;
  readonly #outbox: Outbox;
  readonly #submissions: Submissions;
  /** Logs to which nothing more is sent in this run. */
  readonly #stopped = new Set<string>();
  /** Logs whose queue was linked anew and has had no verdict since. */
  readonly #relinked = new Set<string>();
  #comesLater = false;

  constructor(ports: FlusherPorts) {
    this.#ports = ports;
    this.#outbox = new Outbox(() => ports.clock.now());
    this.#submissions = new Submissions(this.#outbox, ports.clock, (log) => this.#stopped.has(log));
    this.#submissions.credit = limits.submissionsPerFrame;
  }

  async run(): Promise<FlushEnd> {
    const { meta, outbox, links } = await this.#ports.store.load();
    this.#outbox.load(outbox, links);
    if (meta === undefined) return this.#end();
    for (const log of meta.doubted) this.#stopped.add(log);
    for (;;) {
      const submissions = await this.#next();
      if (submissions.length === 0) return this.#end();
      const { http, clock } = this.#ports;
      const outcome = await callSubmit(http, clock, meta.device, submissions);
      if (outcome.kind === "refused") return "left";
      if (outcome.kind === "unreachable") return "later";
      await this.#take(outcome.answers);
    }
  }

  /** What leaves now; all of it is stored as possibly sent. */
  async #next(): Promise<readonly Submission[]> {
    const batch = new Batch(this.#ports.store);
    const submissions = this.#submissions.take(batch);
    await this.#commit(batch);
    return submissions;
  }

  async #take(answers: readonly Answer[]): Promise<void> {
    const batch = new Batch(this.#ports.store);
    for (const answer of answers) this.#answered(answer, batch);
    await this.#commit(batch);
    // Whatever was not answered, for whatever reason, is not asked again now.
    for (const { log, flights } of this.#outbox.queues) if (flights.length > 0) this.#stopped.add(log);
  }

  #answered(answer: Answer, batch: Batch): void {
    const log = this.#outbox.get(answer.id)?.entry.log;
    if (log === undefined) return;
    switch (answer.outcome.case) {
      case "verdict":
        this.#relinked.delete(log);
        break;
      case "stale":
        if (!this.#isHead(log, answer.id)) break;
        if (!this.#mayRelink(log, answer.outcome.value.last)) return;
        this.#relinked.add(log);
        break;
      default:
        this.#stopped.add(log);
        this.#comesLater = true;
    }
    this.#submissions.answered(answer, batch);
  }

  #isHead(log: string, id: string): boolean {
    return this.#outbox.queueOf(log).waiting[0]?.entry.id === id;
  }

  /**
   * A server that names another predecessor than this device may have lost what it acknowledged: then that goes first, and only the engine finds out.
   * Certain is where nothing was acknowledged that could go first, and where the command named is the last one, or the one that is to be withdrawn.
   */
  #mayRelink(log: string, last: string): boolean {
    if (this.#relinked.has(log)) return false;
    const body = this.#outbox.queueOf(log).waiting[0]?.command.body;
    if (body?.case === "withdraw" && body.value.target === last) return true;
    return this.#outbox.isNewest(log, last);
  }

  async #commit(batch: Batch): Promise<void> {
    await batch.commit(this.#ports.generation);
    batch.tell();
  }

  #end(): FlushEnd {
    if (this.#comesLater) return "later";
    return this.#outbox.waitingCount === 0 ? "done" : "left";
  }
}
