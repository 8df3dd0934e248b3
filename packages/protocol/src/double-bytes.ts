// Written and read within one call. A DataView of the message's own bytes would cost more than reading the whole message: engines keep small arrays
// without the buffer that a view needs.
const eight = new Uint8Array(8);
const number = new DataView(eight.buffer);

/** The double at a place, its bytes in the order of the wire. */
export function readDouble(bytes: Uint8Array, at: number): number {
  for (let index = 0; index < 8; index++) eight[index] = bytes[at + index] ?? 0;
  return number.getFloat64(0, true);
}

export function writeDouble(bytes: Uint8Array, at: number, value: number): void {
  number.setFloat64(0, value, true);
  for (let index = 0; index < 8; index++) bytes[at + index] = eight[index] ?? 0;
}
