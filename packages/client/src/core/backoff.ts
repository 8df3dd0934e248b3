const FIRST_CAP_MS = 1_000;
const CAP_MS = 30_000;

/**
 * Full-jitter exponential backoff: somewhere between 0 and a cap that doubles with each attempt, up to 30 s. The first attempt after a
 * server went away waits 0 to 1 s, so that everybody does not come back in the same moment.
 *
 * @param attempt 1 for the first
 * @param fraction uniform in [0, 1)
 */
export function backoffMs(attempt: number, fraction: number): number {
  return Math.floor(fraction * Math.min(CAP_MS, FIRST_CAP_MS * 2 ** (attempt - 1)));
}
