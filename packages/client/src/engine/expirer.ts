import { disappearsAt } from "@parley/log";
import type { Entry } from "@parley/protocol";
import type { ClientStore } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Conversations } from "./conversations.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { persistently } from "./persistently.ts";

/** Timers of devices that sleep come late, and clocks are set: so it is looked again by then. */
const LONGEST_WAIT_MS = 60_000;
/** Looked at first; twice as many each time that all of them have to go. */
const AT_ONCE = 256;

export interface ExpirerParts {
  readonly store: ClientStore;
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly time: CorrectedTime;
  /** Has the engine call `erase`. */
  readonly again: () => void;
}

/** Erases messages from the device when their time is over, also where the server cannot say so: at the start, and at the time. */
export class Expirer {
  readonly #parts: ExpirerParts;
  /** When it is looked next, by the clock that never goes back; undefined while nothing disappears. */
  #lookAt: number | undefined;

  constructor(parts: ExpirerParts) {
    this.#parts = parts;
  }

  async erase(batch: Batch): Promise<void> {
    const { store, conversations, time } = this.#parts;
    const isOver = (entry: Entry): boolean => (disappearsAt(entry) ?? Number.POSITIVE_INFINITY) <= time.serverNow();
    for (let most = AT_ONCE; ; most *= 2) {
      const known = await persistently(() => store.disappearing(most));
      const over = known.filter(isOver);
      if (over.length === known.length && known.length === most) continue;
      await conversations.expire(over, batch);
      this.expect(known.find((entry) => !isOver(entry)));
      return;
    }
  }

  /** To be told what a batch has stored: it may disappear before everything else. */
  stored(entries: Iterable<Entry>): void {
    for (const entry of entries) this.expect(entry);
  }

  expect(entry: Entry | undefined): void {
    const at = entry && disappearsAt(entry);
    if (at === undefined) return;
    const { clock, time, again } = this.#parts;
    const waitMs = Math.min(Math.max(0, at - time.serverNow()), LONGEST_WAIT_MS);
    const lookAt = clock.elapsed() + waitMs;
    if (this.#lookAt !== undefined && this.#lookAt <= lookAt) return;
    this.#lookAt = lookAt;
    clock.after(waitMs, () => {
      if (this.#lookAt !== lookAt) return;
      this.#lookAt = undefined;
      again();
    });
  }
}
