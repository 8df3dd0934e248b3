import { type AccountEvent, limits } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { AccountNews, PublishedEvent } from "../log/log-writer.ts";

/** After a failure. */
const RETRY_MS = 1_000;
/** Whatever is waited for: the wall clock, which says when something is due, may jump. */
const LONGEST_WAIT_MS = 60_000;

export interface DueLoopPorts {
  readonly clock: Clock;
  /** Does what is due, as much as one transaction holds; when something is due next. */
  readonly work: () => Promise<number | undefined>;
  readonly reportFailure: (error: unknown) => void;
}

/** Has what is due done at its time. What came due while no server ran is done at the next start. */
export class DueLoop {
  readonly #ports: DueLoopPorts;
  #running = false;
  #again = false;
  #expected: number | undefined;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(ports: DueLoopPorts) {
    this.#ports = ports;
  }

  /** To be called after each commit: it may have said when something is due. */
  committed(events: readonly PublishedEvent[], written: readonly AccountNews[]): void {
    for (const { event } of written) {
      const at = dueBy(event);
      if (at !== undefined) this.expect(at);
    }
    for (const { event } of events) {
      const expiry = event.body.case === "posted" ? event.body.value.expiry : undefined;
      if (expiry !== undefined) this.expect(expiry.at);
      if (event.body.case === "membersRemoved" || event.body.case === "memberLeft") this.expect(event.receivedAt);
    }
  }

  /** Works until nothing is due any more. */
  wake(): void {
    if (this.#stopped) return;
    this.#again = true;
    if (!this.#running) void this.#run();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#disarm();
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const next = await this.#ports.work();
        if (next !== undefined) this.expect(next);
      }
    } catch (error) {
      if (!this.#stopped) this.#ports.reportFailure(error);
      this.#disarm();
      // Whatever is scheduled meanwhile, what failed is tried again by then.
      this.expect(this.#ports.clock.now() + RETRY_MS);
    } finally {
      this.#running = false;
    }
  }

  /** Something is due then. */
  expect(at: number): void {
    if (this.#expected !== undefined && this.#expected <= at) return;
    this.#disarm();
    this.#expected = at;
    this.#wakeIn(Math.min(Math.max(0, at - this.#ports.clock.now()), LONGEST_WAIT_MS));
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#expected = undefined;
  }

  #wakeIn(delayMs: number): void {
    if (this.#stopped || this.#cancel !== undefined) return;
    this.#cancel = this.#ports.clock.after(delayMs, () => {
      this.#disarm();
      this.wake();
    });
  }
}

/** When what an event says is due; undefined where it says nothing of the kind. */
function dueBy({ receivedAt, body }: AccountEvent): number | undefined {
  switch (body.case) {
    case "messageScheduled":
    case "reminderSet":
      return body.value.at;
    case "messageReported":
      return receivedAt + limits.reportKeptMs;
    default:
      return undefined;
  }
}
