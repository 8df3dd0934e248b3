import type { Clock } from "@parley/client";
import type { ComposerSnapshot } from "./composer-view-model.ts";

/** How much room is left, at which something is said. */
const STEPS = [200, 100, 50, 20, 10, 5, 0];
/** Nobody is interrupted while they type. */
const RESTS_AFTER_MS = 1_000;

/** Says how much room is left: when somebody pauses, and only where another step was reached. */
export class LimitVoice {
  readonly #clock: Clock;
  readonly #say: () => void;
  #spoken: number | undefined;
  #stop: () => void = () => {};

  constructor(clock: Clock, say: () => void) {
    this.#clock = clock;
    this.#say = say;
  }

  changed({ left }: Pick<ComposerSnapshot, "left">): void {
    this.#stop();
    if (left === undefined) {
      this.#spoken = undefined;
      return;
    }
    const step = stepOf(left);
    if (step === this.#spoken) return;
    this.#stop = this.#clock.after(RESTS_AFTER_MS, () => {
      this.#spoken = step;
      this.#say();
    });
  }

  dispose = (): void => this.#stop();
}

/** The last step that was reached; what is too long is one of its own. */
function stepOf(left: number): number {
  return left < 0 ? -1 : (STEPS.findLast((step) => left <= step) ?? Number.POSITIVE_INFINITY);
}
