import { limits } from "@parley/protocol";

/**
 * As how many requests one counts by its size, for reading it costs in proportion. A body whose length is not told may be as large as any.
 *
 * @param weighedBytes it counts once more for each of these
 */
export function weightOf({ headers }: Request, weighedBytes: number): number {
  const length = headers.get("content-length");
  const bytes = length === null && headers.has("transfer-encoding") ? limits.frameBytes : Number(length ?? 0);
  return 1 + Math.floor(Math.min(bytes, limits.frameBytes) / weighedBytes);
}
