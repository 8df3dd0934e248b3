import { existsSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcessOptions } from "@parley/rig";
import type { SeededRandom } from "@parley/simulation";
import { parseTrace } from "../strace/system-call.ts";
import { finishedTrace, tracer } from "../strace/tracer.ts";
import { cutPower } from "./cut-power.ts";
import { syncStateOf } from "./unsynced.ts";

const CALLS = ["pwrite64", "fsync", "fdatasync"];

/** The files of a log in a data folder, under the eyes of strace while a process writes them. */
export class TracedFiles {
  readonly #paths: readonly string[];
  readonly #trace: string;
  #bytesBefore = new Map<string, number>();

  /**
   * @param folder the data folder; it is there
   * @param trace where to write the trace
   */
  constructor(folder: string, trace: string, names: readonly string[] = ["log.db", "log.db-wal"]) {
    this.#paths = names.map((name) => join(realpathSync(folder), name));
    this.#trace = trace;
  }

  /** How to start the next process, so that it is traced. */
  options(injections: readonly string[]): ServerProcessOptions {
    rmSync(this.#trace, { force: true });
    this.#bytesBefore = new Map(this.#paths.map((path) => [path, existsSync(path) ? statSync(path).size : 0]));
    return { wrapper: tracer({ output: this.#trace, calls: CALLS, paths: this.#paths, injections }) };
  }

  /** How often strace made a call fail so far. */
  get injected(): number {
    return readFileSync(this.#trace, "utf8").split("(INJECTED)").length - 1;
  }

  /** Spoils what the process, which has ended, had not synced. How many bytes that were. */
  async cutPower(pid: number, random: SeededRandom): Promise<number> {
    const calls = parseTrace(await finishedTrace(this.#trace, pid));
    let spoiled = 0;
    for (const path of this.#paths) {
      spoiled += cutPower(path, syncStateOf(calls, path, this.#bytesBefore.get(path) ?? 0), random);
    }
    return spoiled;
  }
}
