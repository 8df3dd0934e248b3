/** How often something that need not wait may be done, when what asks for it comes many times a second: at once at first, then with growing gaps. */
export interface Pace {
  /** When it was, or will be, done last, by the elapsed clock. */
  readonly lastAt: number;
  /** How often without a long pause. */
  readonly times: number;
}

export const restedPace: Pace = { lastAt: Number.NEGATIVE_INFINITY, times: 0 };

const GAPS_MS = [1_000, 2_000, 4_000, 8_000] as const;
/** After so long without a request the next is granted at once. */
const RESTED_MS = 30_000;

/** When a request of this moment is granted: now or later. Undefined if one is granted already that is still to come. */
export function grantedAt(pace: Pace, now: number): number | undefined {
  if (pace.lastAt > now) return undefined;
  return Math.max(now, pace.lastAt + gapMs(pace.times));
}

/** @param at what `grantedAt` gave */
export function granted(pace: Pace, at: number): Pace {
  return { lastAt: at, times: at - pace.lastAt >= RESTED_MS ? 1 : pace.times + 1 };
}

function gapMs(times: number): number {
  return times === 0 ? 0 : (GAPS_MS[Math.min(times, GAPS_MS.length) - 1] ?? 0);
}
