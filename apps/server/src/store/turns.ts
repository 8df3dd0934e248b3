/** Lets tasks run one after the other, in the order in which they came. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(task);
    // A task that failed has told its caller; the next one runs all the same.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
