import { expect, test } from "bun:test";
import { PollingTransport, type SocketClosed } from "@parley/client";
import { AttemptLimiter, Doorkeeper, PollRoutes, Polls, type Socket } from "@parley/server/parts";
import { Coverage } from "../coverage.ts";
import { SeededRandom } from "../random/seeded-random.ts";
import { Process } from "../time/process.ts";
import { VirtualTime } from "../time/virtual-time.ts";
import type { Exchange } from "./exchange.ts";
import { type Fate, RequestPath } from "./request-path.ts";

const SEEDS = 40;
const FRAMES = 60;
const RUN_MS = 120_000;
const ignore = () => undefined;

const FATES: readonly (readonly [number, Fate])[] = [
  [11, "arrives"],
  [3, "never arrives"],
  [2, "answer lost"],
  [1, "answer cut"],
  [3, "arrives twice"],
];

/** A device and a server that exchange numbered frames by polling, over a network that loses and repeats requests and answers. */
class Stage {
  readonly time = new VirtualTime(0);
  readonly coverage = new Coverage();
  readonly up: string[] = [];
  readonly down: string[] = [];
  readonly closed: SocketClosed[] = [];
  readonly #random: SeededRandom;
  readonly #server = new Process("server", this.time);
  serverSocket: Socket | undefined;

  constructor(seed: string) {
    this.#random = new SeededRandom(seed);
    const { time, coverage } = this;
    const clock = {
      now: () => time.now(),
      elapsed: () => time.now(),
      after: (delayMs: number, task: () => void) => time.after(delayMs, task),
    };
    const routes = this.#routes(clock);
    const requests = new RequestPath({
      device: "phone",
      time,
      random: this.#random,
      coverage,
      delayMs: () => this.#random.fraction() * 50,
      state: () => "up",
      asked: (exchange) => this.#answer(exchange, routes),
    });
    requests.fateOf = (path) => (path === "/poll" ? "arrives" : (this.#random.weighted(FATES) ?? "arrives"));
    const http = requests.http(new Process("phone", time));
    const socket = new PollingTransport(http, "json", clock).connect({
      opened: () => this.#talk((frame) => socket.send(frame)),
      received: (frame) => this.down.push(String(frame)),
      closed: (why) => this.closed.push(why),
    });
  }

  #routes(clock: ConstructorParameters<typeof PollRoutes>[0]["clock"]): PollRoutes {
    const polls = new Polls({
      connections: {
        open: (socket) => {
          this.serverSocket = socket;
          return { receive: (frame) => this.up.push(String(frame)), refuse: ignore, lost: ignore, dismiss: ignore };
        },
      },
      clock,
      mintId: () => "poll",
    });
    const signedIn = { account: "ana", session: "one", userName: "ana", firstDisplayName: "Ana" };
    const accounts = { signedIn: () => Promise.resolve(signedIn) };
    const calls = new AttemptLimiter({ burst: 1, refillMs: 1 }, clock);
    return new PollRoutes({ accounts, calls, clock, doorkeeper: new Doorkeeper(clock, () => false), polls });
  }

  #answer(exchange: Exchange, routes: PollRoutes): void {
    const request = exchange.accept(this.#server);
    const response = routes.handle(exchange.asked.path, request, { address: "here", ownPage: true }, false);
    response?.then((each) => exchange.respond(each), ignore);
  }

  /** Both sides talk at random times. */
  #talk(send: (frame: string) => void): void {
    const { serverSocket } = this;
    if (serverSocket === undefined) throw new Error("A poll was opened that the server does not know of.");
    let [sentAt, saidAt] = [0, 0];
    for (let number = 1; number <= FRAMES; number++) {
      sentAt += this.#random.fraction() * 1_000;
      saidAt += this.#random.fraction() * 1_000;
      this.time.after(sentAt, () => send(`up ${number}`));
      this.time.after(saidAt, () => serverSocket.send(`down ${number}`));
    }
  }
}

test("[POLL3] [POLL4] over a network that loses and repeats requests and answers every frame arrives once and in order, both ways", async () => {
  const numbers = Array.from({ length: FRAMES }, (_, index) => index + 1);
  let whole = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const stage = new Stage(`polling ${seed}`);
    await stage.time.run(RUN_MS);
    for (const [, fate] of FATES.slice(1)) expect(stage.coverage.get(`request ${fate}`)).toBeGreaterThan(0);
    // Whether it stays or is given up: what arrived has no hole, and nothing in it is doubled or swapped.
    expect(stage.up).toEqual(numbers.slice(0, stage.up.length).map((number) => `up ${number}`));
    expect(stage.down).toEqual(numbers.slice(0, stage.down.length).map((number) => `down ${number}`));
    if (stage.closed.length === 0) {
      whole++;
      expect([stage.up.length, stage.down.length]).toEqual([FRAMES, FRAMES]);
    }
  }
  expect(whole).toBeGreaterThan(SEEDS / 2);
});
