/** Something whose frames wait for the end of the turn. */
interface Departing {
  depart(): void;
}

/**
 * Frames of one turn of the event loop leave together: the runtime writes to the system at each send, and a write costs more than encoding the frame. A commit often
 * means some events and an answer for the same device.
 */
export class Departures {
  #waiting: Departing[] = [];

  /** To be called once for each turn in which there is something. */
  add(departing: Departing): void {
    this.#waiting.push(departing);
    if (this.#waiting.length === 1) setImmediate(() => this.flush());
  }

  /** Before anything is sent on another way, which must not overtake. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const departing of waiting) departing.depart();
  }
}
