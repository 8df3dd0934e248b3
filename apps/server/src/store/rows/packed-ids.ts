import { formatUuid } from "@parley/protocol";

const BYTES = 16;

/** Ids one behind the other; null for none. A row that is written with every message should be short. */
export function packedIds(ids: readonly string[]): Uint8Array | null {
  return ids.length === 0 ? null : Uint8Array.fromHex(ids.join("").replaceAll("-", ""));
}

export function unpackedIds(packed: Uint8Array | null): readonly string[] {
  const ids: string[] = [];
  for (let from = 0; from < (packed?.byteLength ?? 0); from += BYTES) {
    const bytes = packed?.subarray(from, from + BYTES) ?? new Uint8Array(BYTES);
    ids.push(formatUuid(bytes, (bytes[6] ?? 0) >> 4));
  }
  return ids;
}
