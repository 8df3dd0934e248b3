/** Ids: UUIDs in canonical lower-case text. Devices make version 7; the server makes and derives version 8. */

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The version of a canonical UUID, or undefined if `text` is not one. */
export function uuidVersion(text: string): number | undefined {
  const match = CANONICAL.exec(text);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16);
}

/**
 * A UUIDv7 (RFC 9562).
 *
 * @param nowMs milliseconds since 1970, at least 0 and below 2^48
 * @param random ten random bytes
 */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(nowMs / 0x10000));
  view.setUint16(4, nowMs % 0x10000);
  bytes.set(random.subarray(0, 10), 6);
  return formatUuid(bytes, 7);
}

/** Writes 16 bytes as a UUID of the given version; the version and variant bits are overwritten. */
export function formatUuid(bytes: Uint8Array, version: number): string {
  let hex = "";
  for (let index = 0; index < 16; index++) {
    let byte = bytes[index] ?? 0;
    if (index === 6) byte = (byte & 0x0f) | (version << 4);
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    hex += byte.toString(16).padStart(2, "0");
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
