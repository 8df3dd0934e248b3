import type { Line } from "@parley/web/host-parts";
import { Direction } from "../../network/direction.ts";
import type { SeededRandom } from "../../random/seeded-random.ts";
import type { Process } from "../../time/process.ts";
import type { VirtualTime } from "../../time/virtual-time.ts";

const LONGEST_MS = 4;

/** A line between two processes of one machine: what is posted arrives in its order after a moment, as long as both live. */
export class ProcessLine<One, Other> {
  readonly one: Line<One, Other>;
  readonly other: Line<Other, One>;

  constructor(time: VirtualTime, random: SeededRandom, one: Process, other: Process) {
    const delayMs = () => random.fraction() * LONGEST_MS;
    const up = new Wire<One>(time, delayMs, one, other);
    const down = new Wire<Other>(time, delayMs, other, one);
    const close = () => {
      up.cut();
      down.cut();
    };
    this.one = { post: (message) => up.post(message), listen: (listener) => down.listen(listener), close };
    this.other = { post: (message) => down.post(message), listen: (listener) => up.listen(listener), close };
  }
}

/** One way of a line. */
class Wire<Message> {
  readonly #from: Process;
  readonly #direction: Direction<Message>;
  #listener: ((message: Message) => void) | undefined;
  #waiting: Message[] = [];

  constructor(time: VirtualTime, delayMs: () => number, from: Process, to: Process) {
    this.#from = from;
    this.#direction = new Direction(time, delayMs, (message) => to.after(0, () => this.#arrived(message)));
  }

  post(message: Message): void {
    const copy = structuredClone(message);
    // A process that is frozen or dead says nothing.
    this.#from.after(0, () => this.#direction.send(copy));
  }

  listen(listener: (message: Message) => void): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }

  cut(): void {
    this.#direction.break();
    this.#listener = () => undefined;
  }

  #arrived(message: Message): void {
    if (this.#listener === undefined) this.#waiting.push(message);
    else this.#listener(message);
  }
}
