import { processSize } from "@parley/rig";

const LOOK_EVERY_MS = 500;
/** The most that steady memory changes. */
const STEADY_SHARE = 0.01;
const AT_MOST_MS = 180_000;

/**
 * Resident memory of a process in bytes, once it has stopped changing; whatever it is after three minutes. An idle runtime collects garbage now and
 * then and gives memory back slowly.
 *
 * @param steadyMs how long it must not have changed
 */
export async function settledMemory(pid: number, steadyMs: number): Promise<number> {
  const looks: number[] = [];
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    looks.push(processSize(pid).memory);
    if (waited >= AT_MOST_MS || steady(looks, steadyMs / LOOK_EVERY_MS)) return looks.at(-1) ?? Number.NaN;
    await Bun.sleep(LOOK_EVERY_MS);
  }
}

function steady(looks: readonly number[], needed: number): boolean {
  if (looks.length < needed) return false;
  const last = looks.slice(-needed);
  return Math.max(...last) - Math.min(...last) <= STEADY_SHARE * Math.max(...last);
}
