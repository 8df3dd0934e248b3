import type { Clock } from "@parley/client";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";
import type { Line } from "./line.ts";

/** How long an engine side may be silent once it was asked. */
export const PONG_WITHIN_MS = 5_000;

/**
 * A tab's line that notices an engine side that does not answer: one that is frozen keeps its lock. It asks when a person looks at the tab, and when
 * the tab says something after a silence.
 */
export class AttendedLine implements Line<TabMessage, EngineSideMessage> {
  readonly #line: Line<TabMessage, EngineSideMessage>;
  readonly #clock: Clock;
  readonly #frozen: () => void;
  #heardAt: number;
  #stopWaiting: (() => void) | undefined;

  /** @param frozen called when a question stays without any answer */
  constructor(line: Line<TabMessage, EngineSideMessage>, clock: Clock, frozen: () => void) {
    this.#line = line;
    this.#clock = clock;
    this.#frozen = frozen;
    this.#heardAt = clock.elapsed();
  }

  post(message: TabMessage): void {
    this.#line.post(message);
    if (this.#clock.elapsed() - this.#heardAt > PONG_WITHIN_MS) this.ask();
  }

  listen(listener: (message: EngineSideMessage) => void): void {
    this.#line.listen((message) => {
      this.#heard();
      listener(message);
    });
  }

  /** Is the other side there? */
  ask(): void {
    if (this.#stopWaiting !== undefined) return;
    this.#line.post({ kind: "ping" });
    this.#stopWaiting = this.#clock.after(PONG_WITHIN_MS, this.#frozen);
  }

  close(): void {
    this.#heard();
    this.#line.close();
  }

  #heard(): void {
    this.#heardAt = this.#clock.elapsed();
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }
}
