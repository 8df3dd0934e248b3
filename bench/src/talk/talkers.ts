import { Backoff } from "../load/backoff.ts";
import { Device } from "../load/device.ts";
import { PairLoad } from "../load/pair-load.ts";

/** One who writes to the other of a direct conversation. */
export interface Talker {
  readonly token: string;
  readonly log: string;
}

export interface Heard {
  /** Milliseconds from when each message left. No talker waits for an answer, so what is slow makes no message leave later. */
  readonly toAck: readonly number[];
  /** Milliseconds by which each message left late: the talkers themselves wait for a core. It is not in `toAck`. */
  readonly late: readonly number[];
  /** Messages that have no answer yet. */
  readonly open: number;
  /** Talkers that are connected. */
  readonly connected: number;
}

/** Well-behaved devices that go on writing at a steady pace, each message at its time whether or not the one before was answered. */
export class Talkers {
  readonly #loads: (PairLoad | undefined)[];
  readonly #talkers: readonly Talker[];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #late: number[] = [];

  constructor(talkers: readonly Talker[]) {
    this.#talkers = talkers;
    this.#loads = talkers.map(() => undefined);
  }

  async connect(port: number): Promise<void> {
    for (const [index, talker] of this.#talkers.entries()) this.#loads[index] = await load(index, talker, port);
  }

  /** The server went away: each comes back as the engine would, and goes on talking once it is there. */
  comeBack(port: number): void {
    for (const [index, talker] of this.#talkers.entries()) {
      this.#loads[index] = undefined;
      void this.#retry(index, talker, port, new Backoff());
    }
  }

  /** @param everyMs pace of each talker; they are spread evenly over it */
  talk(everyMs: number): void {
    const gapMs = everyMs / this.#loads.length;
    let [turn, due] = [0, performance.now()];
    const post = () => {
      for (const now = performance.now(); due <= now; due += gapMs) {
        const load = this.#loads[turn++ % this.#loads.length];
        for (const device of load?.devices ?? []) {
          const leaves = performance.now();
          load?.post(device, leaves);
          this.#late.push(leaves - due);
        }
      }
      this.#timer = setTimeout(post, Math.max(0, due - performance.now()));
    };
    post();
  }

  /** What was heard since the last call. Throws if the server refused a message or closed a connection that it should not have. */
  take(): Heard {
    const loads = this.#loads.filter((each) => each !== undefined);
    const open = loads.reduce((sum, each) => sum + each.open, 0);
    for (const each of loads) each.check();
    const counts = loads.map((each) => each.reset());
    const late = this.#late;
    this.#late = [];
    return {
      toAck: counts.flatMap(({ toAck }) => toAck),
      late,
      open,
      connected: loads.length,
    };
  }

  hush(): void {
    clearTimeout(this.#timer);
  }

  async #retry(index: number, talker: Talker, port: number, backoff: Backoff): Promise<void> {
    await Bun.sleep(backoff.next());
    try {
      this.#loads[index] = await load(index, talker, port);
    } catch {
      // The server is not back yet, or has too much to do.
      await this.#retry(index, talker, port, backoff);
    }
  }
}

async function load(index: number, { token, log }: Talker, port: number): Promise<PairLoad> {
  const device = await Device.connect(index, log, { port, token });
  await device.begin(1);
  return new PairLoad({ devices: [device], perFrame: 1, marks: false, latencies: true });
}
