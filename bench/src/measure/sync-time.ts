import { fileURLToPath } from "node:url";
import { percentiles } from "./percentiles.ts";

const PROBE = fileURLToPath(new URL("./sync-probe.ts", import.meta.url));

export interface SyncTime {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** How long the disk under a folder takes to make an append of 4 kB durable. */
export async function syncTime(folder: string, count: number, wrapper: readonly string[] = []): Promise<SyncTime> {
  const probe = Bun.spawn([...wrapper, process.execPath, PROBE, folder, String(count)], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const times: number[] = JSON.parse(await new Response(probe.stdout).text());
  const [p50Ms = Number.NaN, p99Ms = Number.NaN] = percentiles(times, [0.5, 0.99]);
  return { p50Ms, p99Ms };
}
