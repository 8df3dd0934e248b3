import { processSize } from "@parley/rig";

const LOOK_EVERY_MS = 500;
/** Settled: for this long no more than that share of change. */
const STEADY_MS = 8_000;
const STEADY_SHARE = 0.005;
const AT_MOST_MS = 60_000;

/** Resident memory of a process in bytes, once it has stopped changing; whatever it is after a minute. */
export async function settledMemory(pid: number): Promise<number> {
  const looks: number[] = [];
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    looks.push(processSize(pid).memory);
    if (waited >= AT_MOST_MS || steady(looks)) return looks.at(-1) ?? Number.NaN;
    await Bun.sleep(LOOK_EVERY_MS);
  }
}

function steady(looks: readonly number[]): boolean {
  const needed = STEADY_MS / LOOK_EVERY_MS;
  if (looks.length < needed) return false;
  const last = looks.slice(-needed);
  return Math.max(...last) - Math.min(...last) <= STEADY_SHARE * Math.max(...last);
}
