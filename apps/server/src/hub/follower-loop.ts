import type { Clock } from "../connection/clock.ts";
import type { FollowerOutcome, LogWriter, PublishedEvent } from "../log/log-writer.ts";

/** After commits that followers need not hurry for. */
const LAZY_MS = 200;
/** After a failure. */
const RETRY_MS = 1_000;

export interface FollowerLoopPorts {
  readonly writer: Pick<LogWriter, "follow">;
  readonly clock: Clock;
  readonly publish: (written: FollowerOutcome["written"]) => void;
}

/** Lets followers work whenever a commit may have left something to do. What is left at the end is taken up at the next start. */
export class FollowerLoop {
  readonly #ports: FollowerLoopPorts;
  #running = false;
  #again = false;
  #cancel: (() => void) | undefined;
  #stopped = false;

  constructor(ports: FollowerLoopPorts) {
    this.#ports = ports;
  }

  /** To be called after each commit. Who joined or left should hear of it soon. */
  committed(events: readonly PublishedEvent[]): void {
    if (events.some(({ joined, parted }) => joined.length > 0 || parted.length > 0)) this.wake();
    else if (events.length > 0) this.#wakeIn(LAZY_MS);
  }

  /** Works until nothing is left. */
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
    this.#cancel?.();
    this.#cancel = undefined;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const { written } = await this.#ports.writer.follow();
        if (written.length === 0) continue;
        this.#ports.publish(written);
        this.#again = true;
      }
    } catch (error) {
      if (!this.#stopped) console.error("Followers stopped for a moment:", error);
      this.#wakeIn(RETRY_MS);
    } finally {
      this.#running = false;
    }
  }

  #wakeIn(delayMs: number): void {
    if (this.#stopped || this.#cancel !== undefined) return;
    this.#cancel = this.#ports.clock.after(delayMs, () => {
      this.#cancel = undefined;
      this.wake();
    });
  }
}
