/** The value below which a share of the samples lies (nearest rank), e.g. 0.99. NaN without samples. */
export function percentile(samples: ArrayLike<number>, share: number): number {
  return rankOf(Float64Array.from(samples).sort(), share);
}

/** Several shares of the same samples, sorted once. */
export function percentiles(samples: ArrayLike<number>, shares: readonly number[]): number[] {
  const sorted = Float64Array.from(samples).sort();
  return shares.map((share) => rankOf(sorted, share));
}

/** The middle value; of an even number the mean of the two in the middle. NaN without samples. */
export function median(samples: ArrayLike<number>): number {
  const sorted = Float64Array.from(samples).sort();
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  return (lower + upper) / 2;
}

function rankOf(sorted: Float64Array, share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? Number.NaN;
}
