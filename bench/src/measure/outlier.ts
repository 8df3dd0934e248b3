/**
 * What was slow of something done at a steady pace, in words: how much of it, when, and the longest that something else took which was done at a steady pace in the same time.
 *
 * @param taken milliseconds, in the order in which they began
 * @returns undefined where nothing took longer than the limit
 */
export function outlierOf(
  taken: readonly number[],
  perSecond: number,
  others: readonly number[],
  othersPerSecond: number,
  limitMs: number,
): string | undefined {
  const slow = taken.flatMap((took, index) => (took > limitMs ? [{ took, at: index / perSecond }] : []));
  if (slow.length === 0) return undefined;
  const meanwhile = slow.flatMap(({ took, at }) => {
    const [from, to] = [Math.floor(at * othersPerSecond), Math.ceil((at + took / 1_000) * othersPerSecond)];
    return others.slice(from, to + 1);
  });
  const seconds = episodes(slow.map(({ at }) => at)).map(
    (episode) => `${[...new Set(episode.map((at) => at.toFixed(1)))].join("–")} s`,
  );
  const shown = seconds.length > SHOWN ? [...seconds.slice(0, SHOWN), "…"] : seconds;
  const longest = Math.max(...slow.map(({ took }) => took)).toFixed(0);
  return `${slow.length} at ${shown.join(", ")} (up to ${longest} ms; pings in that time up to ${Math.max(0, ...meanwhile).toFixed(0)} ms)`;
}

const SHOWN = 5;
/** Slow ones that begin within so many seconds of each other have one cause. */
const APART_S = 0.5;

function episodes(times: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const at of times) {
    const last = found.at(-1);
    if (last !== undefined && at - last[1] <= APART_S) last[1] = at;
    else found.push([at, at]);
  }
  return found;
}
