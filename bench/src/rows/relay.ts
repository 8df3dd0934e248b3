import { BaselineProcess } from "../baseline/baseline-process.ts";
import { Link } from "../load/link.ts";
import { OpenLoop } from "../load/open-loop.ts";
import { until } from "../load/until.ts";
import { work } from "../measure/work.ts";
import { clientFrame } from "../wire/web-socket-codec.ts";
import { measuringMs, settlingMs } from "./pace.ts";
import type { Bench } from "./row.ts";

/** About as long as a post of 200 characters. */
const MESSAGE = new Uint8Array(360).fill(0x61);
const FRAME = clientFrame(MESSAGE);

export interface RelayOptions {
  readonly devices: number;
  readonly perSecond: number;
}

/** A raw relay with its devices connected and its code compiled. */
export class Relay {
  readonly #bench: Bench;
  readonly #options: RelayOptions;
  readonly #process: BaselineProcess;
  readonly #links: Link[] = [];
  #sent = 0;
  #delivered = 0;

  static async open(bench: Bench, options: RelayOptions): Promise<Relay> {
    const relay = new Relay(bench, options);
    try {
      await relay.#connect();
      await relay.#during(() => Bun.sleep(bench.quick ? 2_000 : 8_000));
    } catch (error) {
      await relay.close();
      throw error;
    }
    return relay;
  }

  private constructor(bench: Bench, options: RelayOptions) {
    this.#bench = bench;
    this.#options = options;
    this.#process = new BaselineProcess("./raw-relay.ts", [bench.folder, String(options.devices / 2)], bench.wrapper);
  }

  /** Processor microseconds for each message at a steady rate. */
  cost(): Promise<number> {
    const { quick, processors } = this.#bench;
    return this.#during(async () => {
      await Bun.sleep(settlingMs(quick));
      const before = this.#delivered;
      const { processorUs } = await work(processors, this.#process.pid, measuringMs(quick));
      return processorUs / (this.#delivered - before);
    });
  }

  async close(): Promise<void> {
    for (const link of this.#links) link.close();
    await this.#process.end();
  }

  async #connect(): Promise<void> {
    const port = Number(await this.#process.line());
    for (let index = 0; index < this.#options.devices; index++) {
      const receive = (payload: Uint8Array) => {
        if (payload.length === MESSAGE.length) this.#delivered++;
      };
      this.#links.push(await Link.open({ port, token: String(index) }, receive));
    }
  }

  /** Messages go through while it lasts, and all of them have arrived when it returns. */
  async #during<T>(watch: () => Promise<T>): Promise<T> {
    const loop = new OpenLoop(this.#options.perSecond, () => {
      this.#links[this.#sent++ % this.#links.length]?.write(FRAME);
    });
    try {
      return await watch();
    } finally {
      loop.stop();
      await until(() => this.#delivered === this.#sent, "the last messages to be relayed");
    }
  }
}
