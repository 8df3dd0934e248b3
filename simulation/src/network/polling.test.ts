import { expect, test } from "bun:test";
import { type Http, PollingTransport, type SocketClosed } from "@parley/client";
import { AttemptLimiter, PollRoutes, Polls, type Socket } from "@parley/server/parts";
import { SeededRandom } from "../random/seeded-random.ts";
import { VirtualTime } from "../time/virtual-time.ts";

const SEEDS = 40;
const FRAMES = 60;
const RUN_MS = 120_000;

/** What may become of a request, by its share. */
const FATES = { arrives: 0.6, "never arrives": 0.75, "its answer is lost": 0.9, "arrives twice": 1 } as const;
type Fate = keyof typeof FATES;

/** A device and a server that exchange numbered frames by polling, over a network that loses and repeats requests and answers. */
class Stage {
  readonly time = new VirtualTime(0);
  readonly up: string[] = [];
  readonly down: string[] = [];
  readonly closed: SocketClosed[] = [];
  readonly fates = new Set<Fate>();
  serverSocket: Socket | undefined;
  readonly #random: SeededRandom;
  readonly #routes: PollRoutes;

  constructor(seed: string) {
    this.#random = new SeededRandom(seed);
    const { time } = this;
    const clock = {
      now: () => time.now(),
      elapsed: () => time.now(),
      after: (delayMs: number, task: () => void) => time.after(delayMs, task),
    };
    const polls = new Polls({
      connections: {
        open: (socket) => {
          this.serverSocket = socket;
          const ignore = () => undefined;
          return { receive: (frame) => this.up.push(String(frame)), refuse: ignore, lost: ignore, dismiss: ignore };
        },
      },
      clock,
      mintId: () => "poll",
    });
    const signedIn = { account: "ana", session: "one", userName: "ana", firstDisplayName: "Ana" };
    const accounts = { signedIn: () => Promise.resolve(signedIn) };
    const calls = new AttemptLimiter({ burst: 1, refillMs: 1 }, clock);
    this.#routes = new PollRoutes({ accounts, calls, clock, polls });
    const socket = new PollingTransport(this.#network(), "json", clock).connect({
      opened: () => this.#talk((frame) => socket.send(frame)),
      received: (frame) => this.down.push(String(frame)),
      closed: (why) => this.closed.push(why),
    });
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

  #network(): Http {
    return {
      post: (path, encoding, body) => {
        const { promise: answer, resolve, reject } = Promise.withResolvers<Response>();
        const lose = () => reject(new Error("lost"));
        const deliver = (answered: (response: Response) => void) => {
          const headers = { "content-type": `application/${encoding}` };
          const request = new Request(`http://server${path}`, { method: "POST", headers, body: String(body) });
          const response = this.#routes.handle(path, request, { address: "here", ownPage: true }, false);
          this.time.after(
            this.#delay(),
            () => void response?.then((each) => this.time.after(this.#delay(), () => answered(each))),
          );
        };
        const fate = path === "/poll" ? "arrives" : this.#fate();
        if (fate === "never arrives") this.time.after(this.#delay(), lose);
        else if (fate === "its answer is lost") deliver(lose);
        else deliver(resolve);
        if (fate === "arrives twice") this.time.after(this.#delay(), () => deliver(() => undefined));
        return { answer, cancel: lose };
      },
    };
  }

  #fate(): Fate {
    const share = this.#random.fraction();
    const fate = (Object.keys(FATES) as Fate[]).find((each) => share < FATES[each]) ?? "arrives";
    this.fates.add(fate);
    return fate;
  }

  #delay(): number {
    return this.#random.fraction() * 50;
  }
}

test("[POLL3] [POLL4] over a network that loses and repeats requests and answers every frame arrives once and in order, both ways", async () => {
  const numbers = Array.from({ length: FRAMES }, (_, index) => index + 1);
  let whole = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const stage = new Stage(`polling ${seed}`);
    await stage.time.run(RUN_MS);
    expect(stage.fates.size).toBe(4);
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
