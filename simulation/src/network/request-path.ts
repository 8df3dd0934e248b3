import type { Http, HttpCall } from "@parley/client";
import type { Coverage } from "../coverage.ts";
import type { SeededRandom } from "../random/seeded-random.ts";
import type { Process } from "../time/process.ts";
import type { VirtualTime } from "../time/virtual-time.ts";
import { type Asked, Exchange } from "./exchange.ts";
import { drawLatency, type Latency } from "./latency.ts";

/** What becomes of a request on its way. */
export type Fate = "arrives" | "never arrives" | "answer lost" | "answer cut" | "arrives twice";

const LOSSES = { "answer lost": "all", "answer cut": "the body" } as const;

/** When something on the way may bring a request once more. */
const REPEATED: Latency = { fromMs: 0, toMs: 1_500 };
const UNREACHABLE_AFTER_MS = 300;

/** What a captive portal answers to everything. */
const PORTAL_PAGE = "<!doctype html><title>Welcome</title><p>Sign in to use this network.";

const arrives = (): Fate => "arrives";

export interface RequestPathParts {
  readonly device: string;
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly coverage: Coverage;
  readonly delayMs: () => number;
  /** What the network does to what is begun now. */
  readonly state: () => "up" | "down" | "silent";
  readonly asked: (exchange: Exchange) => void;
}

/** The HTTP requests of one device, each on its way by itself. */
export class RequestPath {
  /** Decides what becomes of each request, by its path. */
  fateOf: (path: string) => Fate = arrives;
  /** Something that is no Parley server answers everything. */
  portal = false;
  readonly #parts: RequestPathParts;
  #exchanges: Exchange[] = [];

  constructor(parts: RequestPathParts) {
    this.#parts = parts;
  }

  /** For one process of the device. */
  http(process: Process): Http {
    const { device } = this.#parts;
    return { post: (path, encoding, body) => this.#post(process, { device, path, encoding, body }) };
  }

  /** Whether the device waits for an answer to a request whose path has this in it. */
  waits(part: string): boolean {
    return this.#open().some(({ asked }) => asked.path.includes(part));
  }

  heal(): void {
    this.fateOf = arrives;
    this.portal = false;
  }

  hold(): void {
    for (const exchange of this.#open()) exchange.hold();
  }

  release(): void {
    for (const exchange of this.#exchanges) exchange.release();
  }

  break(told: { readonly client: boolean; readonly server: boolean }): void {
    for (const exchange of this.#exchanges) exchange.break(told);
    this.#exchanges = [];
  }

  #post(process: Process, asked: Asked): HttpCall {
    const { coverage, time, random, state } = this.#parts;
    const fate = this.fateOf(asked.path);
    if (fate !== "arrives") coverage.add(`request ${fate}`);
    const exchange = this.#begin(process, asked, fate);
    if (state() === "down") {
      time.after(UNREACHABLE_AFTER_MS, () => exchange.refuse());
      return exchange;
    }
    exchange.send();
    if (fate === "never arrives") exchange.break({ client: true, server: false });
    if (fate === "arrives twice") {
      const again = this.#begin(process, asked, "arrives");
      // Who asked knows nothing of it.
      again.answer.catch(() => undefined);
      time.after(drawLatency(random, REPEATED), () => again.send());
    }
    return exchange;
  }

  #begin(client: Process, asked: Asked, fate: Fate): Exchange {
    const { time, delayMs, state } = this.#parts;
    const loss = fate === "answer lost" || fate === "answer cut" ? LOSSES[fate] : "nothing";
    const exchange = new Exchange({ time, delayMs, client, asked, loss }, () => this.#asked(exchange));
    if (state() === "silent") exchange.hold();
    this.#exchanges = [...this.#open(), exchange];
    return exchange;
  }

  #asked(exchange: Exchange): void {
    if (!this.portal) this.#parts.asked(exchange);
    else void exchange.respond(new Response(PORTAL_PAGE, { headers: { "content-type": "text/html" } }));
  }

  #open(): Exchange[] {
    this.#exchanges = this.#exchanges.filter(({ open }) => open);
    return this.#exchanges;
  }
}
