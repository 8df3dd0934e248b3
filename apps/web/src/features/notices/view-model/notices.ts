import type { Clock, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";

export interface Notice {
  readonly key: number;
  readonly kind: "note" | "problem";
  readonly text: string;
  readonly actions?: readonly NoticeAction[];
}

/** What can be done about it at once; it can be done elsewhere, too, for who comes too late. */
export interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** Words that are read aloud once, also where the same were read just before. */
export interface Spoken {
  readonly key: number;
  readonly text: string;
}

export interface NoticesSnapshot {
  readonly shown: readonly Notice[];
  /** What the announcer reads, in this order. */
  readonly spoken: readonly Spoken[];
}

const SHOWN_MS = 6_000;
/** To get there by the keyboard, and to decide. */
const SHOWN_WITH_ACTIONS_MS = 30_000;
/** Long enough to be noticed by what reads it; whoever comes by later does not find it. */
const SPOKEN_MS = 3_000;

/** Short words on what just happened: shown, read aloud, or both. */
export class Notices implements Observable<NoticesSnapshot> {
  readonly #clock: Clock;
  readonly #snapshot = new ObservedValue<NoticesSnapshot>({ shown: [], spoken: [] });
  #nextKey = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get = (): NoticesSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  show(text: string, kind: Notice["kind"] = "note", actions?: readonly NoticeAction[]): void {
    const notice = { key: this.#nextKey++, kind, text, ...(actions && { actions }) };
    this.#snapshot.change({ shown: [...this.get().shown.slice(-2), notice] });
    this.#clock.after(actions === undefined ? SHOWN_MS : SHOWN_WITH_ACTIONS_MS, () => this.dismiss(notice.key));
    this.announce(text);
  }

  announce(text: string): void {
    const key = this.#nextKey++;
    this.#snapshot.change({ spoken: [...this.get().spoken, { key, text }] });
    this.#clock.after(SPOKEN_MS, () => {
      this.#snapshot.change({ spoken: this.get().spoken.filter((one) => one.key !== key) });
    });
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
