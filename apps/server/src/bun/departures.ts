/** Something whose frames wait for the end of the turn. */
interface Departing {
  depart(): void;
}

/**
 * Frames of one turn of the event loop leave together: the runtime writes to the system at each send, and a write costs more than encoding the frame. A commit often
 * means some events and an answer for the same device.
 */
export class Departures {
  readonly #waiting = new Set<Departing>();
  #scheduled = false;

  /** To be called once for each turn in which there is something. */
  add(departing: Departing): void {
    this.#waiting.add(departing);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /**
   * Before anything is sent on another way, which must not overtake. Also while it runs already: one that departs may find that its device has gone, and what is sent because of
   * that comes after what waits here.
   */
  flush(): void {
    for (const departing of this.#waiting) {
      this.#waiting.delete(departing);
      departing.depart();
    }
  }
}
