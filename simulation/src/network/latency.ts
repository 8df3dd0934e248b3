import type { SeededRandom } from "../random/seeded-random.ts";

/** How long something takes: at random between these. */
export interface Latency {
  readonly fromMs: number;
  readonly toMs: number;
}

export function drawLatency(random: SeededRandom, { fromMs, toMs }: Latency): number {
  return fromMs + random.fraction() * (toMs - fromMs);
}
