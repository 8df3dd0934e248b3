import type { Clock, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";

export interface Notice {
  readonly key: number;
  readonly kind: "note" | "problem";
  readonly text: string;
}

export interface NoticesSnapshot {
  readonly shown: readonly Notice[];
  /** What the announcer reads. */
  readonly spoken: string;
}

const SHOWN_MS = 6_000;
/** A live region that receives the same words again says nothing, so they are taken back. */
const SPOKEN_MS = 3_000;

/** Short words on what just happened: shown, read aloud, or both. */
export class Notices implements Observable<NoticesSnapshot> {
  readonly #clock: Clock;
  readonly #snapshot = new ObservedValue<NoticesSnapshot>({ shown: [], spoken: "" });
  #nextKey = 1;
  #forgetSpoken: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get = (): NoticesSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  show(text: string, kind: Notice["kind"] = "note"): void {
    const notice = { key: this.#nextKey++, kind, text };
    this.#snapshot.change({ shown: [...this.get().shown.slice(-2), notice] });
    this.#clock.after(SHOWN_MS, () => this.dismiss(notice.key));
    this.announce(text);
  }

  announce(text: string): void {
    this.#forgetSpoken();
    this.#snapshot.change({ spoken: text });
    this.#forgetSpoken = this.#clock.after(SPOKEN_MS, () => this.#snapshot.change({ spoken: "" }));
  }

  dismiss = (key: number): void => {
    this.#snapshot.change({ shown: this.get().shown.filter((notice) => notice.key !== key) });
  };

  /** Waits for an action; says so if it fails. Resolves to whether it was done. */
  async attempt(action: Promise<unknown>, problem: string): Promise<boolean> {
    try {
      await action;
      return true;
    } catch {
      this.show(problem, "problem");
      return false;
    }
  }
}
