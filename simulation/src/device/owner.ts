import type { Engine } from "@parley/client";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import { Screen } from "./screen.ts";

export interface OwnerParts {
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly engine: Engine;
  readonly drawn: (screen: Screen) => void;
  /** Whose commands keep their order among themselves. */
  readonly lane: string;
  /** Whether a message is safe in a hand-off as soon as it is typed. */
  readonly handsOff?: boolean;
}

/** What a person uses: the engine of an app, or of a tab, and the conversations that are open in it. */
export class Owner {
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly engine: Engine;
  readonly lane: string;
  readonly handsOff: boolean;
  readonly #screens = new Map<string, Screen>();
  readonly #drawn: (screen: Screen) => void;

  constructor({ process, clock, engine, drawn, lane, handsOff = false }: OwnerParts) {
    this.process = process;
    this.clock = clock;
    this.engine = engine;
    this.lane = lane;
    this.handsOff = handsOff;
    this.#drawn = drawn;
  }

  get screens(): readonly Screen[] {
    return [...this.#screens.values()];
  }

  screen(conversation: string): Screen | undefined {
    return this.#screens.get(conversation);
  }

  open(conversation: string): Screen {
    const known = this.#screens.get(conversation);
    if (known !== undefined) return known;
    const screen = new Screen(this.engine, conversation, this.#drawn);
    this.#screens.set(conversation, screen);
    return screen;
  }

  close(conversation: string): void {
    this.#screens.get(conversation)?.close();
    this.#screens.delete(conversation);
  }
}
