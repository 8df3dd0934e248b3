import type { Engine } from "@parley/client";
import type { DeviceClock } from "../time/device-clock.ts";
import type { Process } from "../time/process.ts";
import { Screen } from "./screen.ts";

/** What a process of a device runs: the engine, and the conversations that are open in front of it. */
export class Owner {
  readonly process: Process;
  readonly clock: DeviceClock;
  readonly engine: Engine;
  readonly #screens = new Map<string, Screen>();

  readonly #drawn: (screen: Screen) => void;

  constructor(process: Process, clock: DeviceClock, engine: Engine, drawn: (screen: Screen) => void) {
    this.process = process;
    this.clock = clock;
    this.engine = engine;
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
