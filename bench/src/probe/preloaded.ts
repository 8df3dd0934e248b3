/**
 * Looks into a server from within; `bun --preload` loads it into the process before the product. It waits for SIGUSR2, then writes what it
 * sees to the file named in PARLEY_PROBE. Only the bench uses it, and no figure that a budget applies to is read after it has collected garbage.
 */

import { heapStats } from "bun:jsc";
import { renameSync, writeFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Insight } from "./probe.ts";

const NS_PER_MS = 1_000_000;

function look(path: string): void {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  if (process.env["PARLEY_PROBE_STALLS"] !== undefined) delays.enable();
  process.on("SIGUSR2", () => {
    const stalls = {
      count: delays.count,
      p99Ms: delays.percentile(99) / NS_PER_MS,
      p999Ms: delays.percentile(99.9) / NS_PER_MS,
      longestMs: delays.max / NS_PER_MS,
    };
    Bun.gc(true);
    const { heapSize, extraMemorySize, objectCount, objectTypeCounts } = heapStats();
    const timers = objectTypeCounts["Timeout"] ?? 0;
    const rest = { rssAfterCollection: process.memoryUsage().rss, objects: objectCount, timers, stalls };
    const insight: Insight = { heap: heapSize, besideHeap: extraMemorySize, ...rest };
    writeFileSync(`${path}.new`, JSON.stringify(insight));
    renameSync(`${path}.new`, path);
    delays.reset();
  });
}

const path = process.env["PARLEY_PROBE"];
if (path !== undefined) look(path);
