import type { VirtualTime } from "../time/virtual-time.ts";

/**
 * One direction of a connection: what is sent arrives in order, each after its delay. Held, everything waits (a network that will come
 * back); broken, everything that has not arrived is gone, and nobody is told.
 */
export class Direction<T> {
  readonly #time: VirtualTime;
  readonly #delayMs: () => number;
  readonly #arrive: (item: T) => void;
  #state: "flowing" | "held" | "broken" = "flowing";
  #held: T[] = [];
  #lastArrival = 0;

  constructor(time: VirtualTime, delayMs: () => number, arrive: (item: T) => void) {
    this.#time = time;
    this.#delayMs = delayMs;
    this.#arrive = arrive;
  }

  send(item: T): void {
    if (this.#state === "broken") return;
    if (this.#state === "held") {
      this.#held.push(item);
      return;
    }
    const arrival = Math.max(this.#lastArrival, this.#time.now() + this.#delayMs());
    this.#lastArrival = arrival;
    this.#time.after(arrival - this.#time.now(), () => this.#landed(item));
  }

  hold(): void {
    if (this.#state === "flowing") this.#state = "held";
  }

  release(): void {
    if (this.#state !== "held") return;
    this.#state = "flowing";
    for (const item of this.#held.splice(0)) this.send(item);
  }

  break(): void {
    this.#state = "broken";
    this.#held = [];
  }

  #landed(item: T): void {
    if (this.#state === "flowing") this.#arrive(item);
    else if (this.#state === "held") this.#held.push(item);
  }
}
