/** WebSocket by hand (RFC 6455), for a crowd of thousands in one process: no object per message, frames encoded once and sent many times. */

const BINARY = 0x82;
const CLOSE_OPCODE = 0x8;
const BINARY_OPCODE = 0x2;
const MASKED = 0x80;
const LENGTH_16 = 126;
const LENGTH_64 = 127;
const MASK_BYTES = 4;

export interface UpgradeTarget {
  /** Host and port. */
  readonly host: string;
  readonly token: string;
  readonly subprotocol: string;
}

export function upgradeRequest({ host, token, subprotocol }: UpgradeTarget): string {
  return [
    "GET /socket HTTP/1.1",
    `Host: ${host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: ${subprotocol}`,
    `Authorization: Bearer ${token}`,
    "",
    "",
  ].join("\r\n");
}

/**
 * One binary message of a client. Its mask is zero, which is legal and leaves the payload as it is: masks protect proxies from what web pages write, and
 * there is none here.
 */
export function clientFrame(payload: Uint8Array): Uint8Array {
  const { length } = payload;
  const lengthBytes = length < LENGTH_16 ? 0 : length <= 0xffff ? 2 : 8;
  const frame = new Uint8Array(2 + lengthBytes + MASK_BYTES + length);
  const view = new DataView(frame.buffer);
  frame[0] = BINARY;
  frame[1] = MASKED | (lengthBytes === 0 ? length : lengthBytes === 2 ? LENGTH_16 : LENGTH_64);
  if (lengthBytes === 2) view.setUint16(2, length);
  if (lengthBytes === 8) view.setBigUint64(2, BigInt(length));
  frame.set(payload, 2 + lengthBytes + MASK_BYTES);
  return frame;
}

/** What comes out of a server's stream. */
export interface StreamListener {
  /** The answer to the upgrade: its HTTP status. */
  upgraded(status: number): void;
  /** A binary message; the bytes are good only during the call. */
  message(payload: Uint8Array): void;
  /** The server closes, with its code; 1005 if it gave none. */
  closing(code: number): void;
}

const NO_BYTES = new Uint8Array(0);
const NO_CODE = 1_005;

/** Takes the bytes of one connection apart. The server of the bench never splits a message into fragments. */
export class ServerStream {
  readonly #listener: StreamListener;
  #rest: Uint8Array = NO_BYTES;
  #upgraded = false;

  constructor(listener: StreamListener) {
    this.#listener = listener;
  }

  push(chunk: Uint8Array): void {
    const bytes = this.#rest.length === 0 ? chunk : concatenated(this.#rest, chunk);
    let at = this.#upgraded ? 0 : this.#readUpgrade(bytes);
    for (;;) {
      const next = this.#upgraded ? this.#readFrame(bytes, at) : at;
      if (next === at) break;
      at = next;
    }
    this.#rest = at === bytes.length ? NO_BYTES : bytes.slice(at);
  }

  /** Where the frames begin; 0 while the answer is not complete. */
  #readUpgrade(bytes: Uint8Array): number {
    const text = new TextDecoder("latin1").decode(bytes);
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return 0;
    this.#upgraded = true;
    this.#listener.upgraded(Number(text.slice(9, 12)));
    return end + 4;
  }

  /** Where the next frame begins; `at` itself while this one is not complete. */
  #readFrame(bytes: Uint8Array, at: number): number {
    const opcode = (bytes[at] ?? 0) & 0x0f;
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const begin = at + 2 + (short < LENGTH_16 ? 0 : short === LENGTH_16 ? 2 : 8);
    if (bytes.length < begin) return at;
    const end = begin + (short < LENGTH_16 ? short : longLength(bytes, at + 2, begin));
    if (bytes.length < end) return at;
    const payload = bytes.subarray(begin, end);
    if (opcode === BINARY_OPCODE) this.#listener.message(payload);
    if (opcode === CLOSE_OPCODE) this.#listener.closing(payload.length < 2 ? NO_CODE : longLength(payload, 0, 2));
    return end;
  }
}

/** A big-endian number in `bytes[from, to)`. */
function longLength(bytes: Uint8Array, from: number, to: number): number {
  let length = 0;
  for (let index = from; index < to; index++) length = length * 256 + (bytes[index] ?? 0);
  return length;
}

function concatenated(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
