import type { Device } from "../device/device.ts";
import { socketBlocks } from "../network/link.ts";
import type { Fate } from "../network/request-path.ts";
import type { SeededRandom } from "../random/seeded-random.ts";

/** More than half of all requests get through, so that what is tried again does. */
const FATES: readonly (readonly [number, Fate])[] = [
  [12, "arrives"],
  [3, "never arrives"],
  [3, "answer lost"],
  [1, "answer cut"],
  [3, "arrives twice"],
];

/** What goes wrong between a device and the server, each for a while. */
export class NetworkFaults {
  readonly #random: SeededRandom;
  readonly #later: (fromMs: number, toMs: number, task: () => void) => void;

  constructor(random: SeededRandom, later: (fromMs: number, toMs: number, task: () => void) => void) {
    this.#random = random;
    this.#later = later;
  }

  reset({ link }: Device): void {
    link.breakAll({ client: this.#random.chance(0.6), server: this.#random.chance(0.6) });
  }

  lose({ link }: Device): void {
    link.takeDown(this.#random.chance(0.5));
    this.#later(100, 20_000, () => link.restore());
  }

  /** The device only believes it. */
  mislead({ link }: Device): void {
    link.mislead();
    this.#later(100, 10_000, () => link.restore());
  }

  silence({ link }: Device): void {
    link.silence(this.#random.chance(0.5));
    this.#later(500, 15_000, () => link.restore());
  }

  slowDown({ link }: Device): void {
    link.latency = { fromMs: 50, toMs: this.#random.integer(100, 3_000) };
    this.#later(1_000, 15_000, () => {
      link.latency = { fromMs: 1, toMs: 30 };
    });
  }

  /** For a while, what the device submits also goes over HTTP, and arrives there when it likes. */
  copy({ link }: Device): void {
    link.copies = { fromMs: 0, toMs: this.#random.integer(5, 20_000) };
    link.breaksAfterCopy = this.#random.pick([0, 0.2, 0.5]) ?? 0;
    this.#later(1_000, 20_000, () => {
      link.copies = undefined;
      link.breaksAfterCopy = 0;
    });
  }

  /** A proxy does not let sockets pass, and requests only with losses or without. */
  block({ link }: Device): void {
    link.block = this.#random.pick(socketBlocks);
    link.breakSockets({ client: this.#random.chance(0.7), server: this.#random.chance(0.7) });
    if (this.#random.chance(0.5)) link.requests.fateOf = () => this.#random.weighted(FATES) ?? "arrives";
    this.#later(2_000, 60_000, () => {
      link.block = undefined;
      link.requests.fateOf = () => "arrives";
    });
  }

  /** Something that is no Parley server answers everything. */
  capture({ link }: Device): void {
    link.requests.portal = true;
    link.breakAll({ client: true, server: false });
    this.#later(500, 20_000, () => {
      link.requests.portal = false;
    });
  }
}
