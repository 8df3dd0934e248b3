/** Runs a task once at the end of the current turn of the event loop, however often it is asked to. */
export interface TurnEnd {
  ask(): void;
  stop(): void;
}

/** The turns of the platform's own event loop. */
export class TurnScheduler implements TurnEnd {
  readonly #channel = new MessageChannel();
  #asked = false;

  constructor(task: () => void) {
    // A message to oneself comes without the delay that timers have.
    this.#channel.port1.onmessage = () => {
      this.#asked = false;
      task();
    };
  }

  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#channel.port2.postMessage(undefined);
  }

  stop(): void {
    this.#channel.port1.close();
  }
}
