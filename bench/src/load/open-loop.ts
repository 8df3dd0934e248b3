const TICK_MS = 1;

/** Sends at fixed times, whatever comes back: what waits behind a slow answer counts as slow too. */
export class OpenLoop {
  /** By how much each message left later than it was due, milliseconds: what the generator itself adds. */
  late: number[] = [];
  readonly #timer: ReturnType<typeof setInterval>;

  /** @param send is given the time at which the message was due, by `performance.now()` */
  constructor(perSecond: number, send: (due: number) => void) {
    const gapMs = 1_000 / perSecond;
    const began = performance.now();
    let sent = 0;
    this.#timer = setInterval(() => {
      const now = performance.now();
      for (let due = began + sent * gapMs; due <= now; due = began + ++sent * gapMs) {
        this.late.push(now - due);
        send(due);
      }
    }, TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
