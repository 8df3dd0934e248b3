import { Database } from "bun:sqlite";
import { statSync } from "node:fs";
import { join } from "node:path";
import { processSize } from "@parley/rig";
import { LOG_FILE } from "@parley/server";
import type { Insight } from "../probe/probe.ts";
import type { Allowance, Point } from "./flatness.ts";

/** One thing that must stay flat, or that is only shown. */
export interface VitalSign {
  readonly title: string;
  readonly shown: (value: number) => string;
  /** Undefined: it grows with what is stored, as it should. */
  readonly allowance: Allowance | undefined;
  readonly points: Point[];
}

const MB = 1_000_000;
const inMB = (bytes: number) => `${(bytes / MB).toFixed(1)} MB`;
const asCount = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 0 });

/** What is watched of a server in a soak. */
export class VitalSigns {
  readonly memory = sign("Resident memory", inMB, { absolute: 3 * MB, share: 0.03 });
  /** What happens to be under way when it is looked at is worth up to 1 MB. */
  readonly heap = sign("Heap of the main thread, after collection", inMB, { absolute: MB, share: 0.03 });
  readonly objects = sign("Objects of the main thread, after collection", asCount, { absolute: 2_000, share: 0.03 });
  readonly timers = sign("Timers of the main thread", asCount, { absolute: 10, share: 0.05 });
  readonly handles = sign("File handles", asCount, { absolute: 4, share: 0.02 });
  readonly threads = sign("Threads", asCount, { absolute: 1, share: 0 });
  readonly dirty = sign("Dirty rows", asCount, { absolute: 3, share: 0 });
  readonly log = sign("Write-ahead log", inMB, { absolute: 2 * MB, share: 0.1 });
  readonly database = sign("Database", inMB, undefined);
  readonly #began = performance.now();
  readonly #folder: string;
  readonly #pid: number;
  readonly #reading: Database;

  constructor(folder: string, pid: number) {
    this.#folder = folder;
    this.#pid = pid;
    this.#reading = new Database(join(folder, LOG_FILE), { readonly: true });
  }

  get all(): readonly VitalSign[] {
    const { memory, heap, objects, timers, handles, threads, dirty, log, database } = this;
    return [memory, heap, objects, timers, handles, threads, dirty, log, database];
  }

  /** What can be seen from outside. */
  look(): void {
    const size = processSize(this.#pid);
    this.#add(this.memory, size.memory);
    this.#add(this.handles, size.handles);
    this.#add(this.threads, size.threads);
    this.#add(this.dirty, this.#dirtyRows());
    this.#add(this.log, this.#bytesOf(`${LOG_FILE}-wal`));
    this.#add(this.database, this.#bytesOf(LOG_FILE));
  }

  /** What the probe saw from within. */
  note({ heap, objects, timers }: Insight): void {
    this.#add(this.heap, heap);
    this.#add(this.objects, objects);
    this.#add(this.timers, timers);
  }

  close(): void {
    this.#reading.close();
  }

  #add({ points }: VitalSign, value: number): void {
    points.push({ atS: (performance.now() - this.#began) / 1_000, value });
  }

  #dirtyRows(): number {
    return this.#reading.query<{ rows: number }, []>("SELECT count(*) AS rows FROM dirty").get()?.rows ?? 0;
  }

  #bytesOf(file: string): number {
    return statSync(join(this.#folder, file), { throwIfNoEntry: false })?.size ?? 0;
  }
}

function sign(title: string, shown: (value: number) => string, allowance: Allowance | undefined): VitalSign {
  return { title, shown, allowance, points: [] };
}
