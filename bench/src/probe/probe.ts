import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcessOptions } from "@parley/rig";

/** What the preloaded part sees of the server's main thread, after it has collected garbage. Bytes and counts. */
export interface Insight {
  readonly heap: number;
  /** What objects of the heap keep outside of it. */
  readonly besideHeap: number;
  readonly rssAfterCollection: number;
  readonly objects: number;
  readonly timers: number;
  /** How late timers of 1 ms were, since the look before; only if stalls are watched. */
  readonly stalls: {
    readonly count: number;
    readonly p99Ms: number;
    readonly p999Ms: number;
    readonly longestMs: number;
  };
}

const PRELOADED = join(import.meta.dir, "preloaded.ts");
const WITHIN_MS = 20_000;

/** A look into a server process that was started with `options`. */
export class Probe {
  readonly options: Pick<ServerProcessOptions, "bunArguments" | "environment">;
  readonly #path: string;

  constructor(folder: string, { stalls = false } = {}) {
    this.#path = join(folder, "insight.json");
    this.options = {
      bunArguments: ["--preload", PRELOADED],
      environment: { PARLEY_PROBE: this.#path, ...(stalls ? { PARLEY_PROBE_STALLS: "1" } : {}) },
    };
  }

  async look(pid: number): Promise<Insight> {
    rmSync(this.#path, { force: true });
    process.kill(pid, "SIGUSR2");
    const until = Date.now() + WITHIN_MS;
    while (!existsSync(this.#path)) {
      if (Date.now() > until) throw new Error("The probe did not answer.");
      await Bun.sleep(20);
    }
    // Written by the preloaded part.
    return JSON.parse(readFileSync(this.#path, "utf8")) as Insight;
  }
}
