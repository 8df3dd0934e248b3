/** Ids that tell who sent a message and which one it is, so that a receiver needs no table. They are UUIDv7: time, then the sender, then the number. */

const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
const DASH = 0x2d;
const SEVEN = 0x37;
const EIGHT = 0x38;

/** Where the fields lie in xxxxxxxx-xxxx-7sss-8000-nnnnnnnnnnnn. */
const SENDER_AT = 15;
const NUMBER_AT = 24;

/** Senders that ids can tell apart. */
export const SENDERS = 0x1000;

/**
 * Writes an id as text.
 *
 * @param sender below `SENDERS`
 * @param number unique in the data folder, below 2^48
 */
export function writeMessageId(bytes: Uint8Array, at: number, now: number, sender: number, number: number): void {
  writeHex(bytes, at, 8, Math.floor(now / 0x10000));
  writeHex(bytes, at + 9, 4, now % 0x10000);
  bytes[at + 8] = DASH;
  bytes[at + 13] = DASH;
  bytes[at + 14] = SEVEN;
  writeHex(bytes, at + SENDER_AT, 3, sender);
  bytes[at + 18] = DASH;
  bytes[at + 19] = EIGHT;
  writeHex(bytes, at + 20, 3, 0);
  bytes[at + 23] = DASH;
  writeHex(bytes, at + NUMBER_AT, 12, number);
}

export function senderOf(bytes: Uint8Array, at: number): number {
  return readHex(bytes, at + SENDER_AT, 3);
}

export function numberOf(bytes: Uint8Array, at: number): number {
  return readHex(bytes, at + NUMBER_AT, 12);
}

function writeHex(bytes: Uint8Array, at: number, digits: number, value: number): void {
  let rest = value;
  for (let index = at + digits - 1; index >= at; index--) {
    bytes[index] = DIGITS[rest % 16] ?? 0;
    rest = Math.floor(rest / 16);
  }
}

function readHex(bytes: Uint8Array, at: number, digits: number): number {
  let value = 0;
  for (let index = at; index < at + digits; index++) {
    const code = bytes[index] ?? 0;
    value = value * 16 + (code < 0x40 ? code - 0x30 : code - 0x57);
  }
  return value;
}
