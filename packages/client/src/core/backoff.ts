const LEAST_CAP_MS = 1_000;
const CAP_MS = 30_000;

/**
 * Full-jitter exponential backoff: somewhere between 0 and as long as was waited already, at least 1 s and at most 30 s. So the first attempt after a server went away
 * comes within a second, not everybody comes back in the same moment, and who was refused some times in a short while is not put off for long.
 *
 * @param waitedMs since the connection was lost, in all waits together
 * @param fraction uniform in [0, 1)
 */
export function backoffMs(waitedMs: number, fraction: number): number {
  return Math.floor(fraction * Math.min(CAP_MS, Math.max(LEAST_CAP_MS, waitedMs)));
}
