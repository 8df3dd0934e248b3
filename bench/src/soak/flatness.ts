import { median } from "../measure/percentiles.ts";

/** One value over time. */
export interface Point {
  readonly atS: number;
  readonly value: number;
}

/** How much a value may rise in the judged half: the greater of the two counts. */
export interface Allowance {
  readonly absolute: number;
  /** Of its level. */
  readonly share: number;
}

export type Flatness =
  | { readonly verdict: "too short" }
  | {
      readonly verdict: "flat" | "grows";
      /** How much the floor rose over the judged half. */
      readonly rise: number;
      readonly allowed: number;
      readonly floor: readonly Point[];
    };

/** The judged half is cut into so many blocks; the least value of a block is its floor. */
const BLOCKS = 10;
/** Fewer than this in a block do not show its floor. */
const POINTS_PER_BLOCK = 2;
/** A rise must stand out of how much the floor varies by itself. */
const NOISE_FACTOR = 3;

/**
 * Whether a value goes on growing. Only the second half is judged: before that everything warms up. What is collected or checkpointed from time to time makes
 * saw teeth, but what leaks lifts their lowest points; so the slope of these decides, the median of all pairs (Theil–Sen), which single blocks
 * do not move.
 */
export function flatnessOf(points: readonly Point[], { absolute, share }: Allowance): Flatness {
  const floor = floorOf(secondHalf(points));
  if (floor === undefined) return { verdict: "too short" };
  const slope = medianSlope(floor);
  const [first, last] = [floor[0], floor.at(-1)];
  const rise = slope * ((last?.atS ?? 0) - (first?.atS ?? 0));
  const level = median(floor.map(({ value }) => value));
  const residuals = floor.map(({ atS, value }) => value - slope * atS);
  const centre = median(residuals);
  const noise = median(residuals.map((residual) => Math.abs(residual - centre)));
  const allowed = Math.max(absolute, share * level);
  return { verdict: rise > allowed && rise > NOISE_FACTOR * noise ? "grows" : "flat", rise, allowed, floor };
}

function secondHalf(points: readonly Point[]): readonly Point[] {
  const half = (points.at(-1)?.atS ?? 0) / 2;
  return points.filter(({ atS }) => atS >= half);
}

function floorOf(points: readonly Point[]): readonly Point[] | undefined {
  const [from, to] = [points[0]?.atS ?? 0, points.at(-1)?.atS ?? 0];
  const blocks: Point[][] = Array.from({ length: BLOCKS }, () => []);
  for (const point of points) {
    blocks[Math.min(BLOCKS - 1, Math.floor(((point.atS - from) / (to - from)) * BLOCKS))]?.push(point);
  }
  const floor = blocks.map((block) => block.reduce((low, point) => (point.value < low.value ? point : low), NOTHING));
  return blocks.every(({ length }) => length >= POINTS_PER_BLOCK) ? floor : undefined;
}

const NOTHING: Point = { atS: 0, value: Number.POSITIVE_INFINITY };

function medianSlope(points: readonly Point[]): number {
  const slopes: number[] = [];
  for (const [index, one] of points.entries()) {
    for (const other of points.slice(index + 1)) slopes.push((other.value - one.value) / (other.atS - one.atS));
  }
  return median(slopes);
}
