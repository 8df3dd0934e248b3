/** Opcodes of RFC 6455. */
export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A frame as it is to be written, right or wrong. */
export interface OutgoingFrame {
  readonly opcode: number;
  readonly payload?: Uint8Array;
  /** False if more of the same message follows. */
  readonly final?: boolean;
  /** The three reserved bits. */
  readonly reserved?: number;
  /** A client must mask. */
  readonly masked?: boolean;
  /** What the header says instead of the true length. */
  readonly declaredLength?: bigint;
  /** The form of the length, which otherwise is the shortest that fits. */
  readonly lengthForm?: "byte" | "two bytes" | "eight bytes";
}

const MASK = Uint8Array.of(0x1a, 0x2b, 0x3c, 0x4d);

export function frameBytes(frame: OutgoingFrame): Uint8Array<ArrayBuffer> {
  const { opcode, payload = new Uint8Array(), final = true, reserved = 0, masked = true } = frame;
  const length = frame.declaredLength ?? BigInt(payload.length);
  const form = frame.lengthForm ?? shortestForm(length);
  const lengthBytes = form === "byte" ? 0 : form === "two bytes" ? 2 : 8;
  const headerLength = 2 + lengthBytes + (masked ? MASK.length : 0);
  const bytes = new Uint8Array(headerLength + payload.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = (final ? 0x80 : 0) | (reserved << 4) | opcode;
  const shortLength = form === "byte" ? Number(length) : form === "two bytes" ? 126 : 127;
  bytes[1] = (masked ? 0x80 : 0) | shortLength;
  if (form === "two bytes") view.setUint16(2, Number(length & 0xffffn));
  if (form === "eight bytes") view.setBigUint64(2, length);
  if (masked) bytes.set(MASK, headerLength - MASK.length);
  bytes.set(payload, headerLength);
  if (!masked) return bytes;
  for (let index = 0; index < payload.length; index++) {
    bytes[headerLength + index] = (payload[index] ?? 0) ^ (MASK[index % MASK.length] ?? 0);
  }
  return bytes;
}

function shortestForm(length: bigint): "byte" | "two bytes" | "eight bytes" {
  if (length < 126n) return "byte";
  return length < 65_536n ? "two bytes" : "eight bytes";
}

/** A frame that came from a server. */
export interface IncomingFrame {
  readonly opcode: number;
  readonly final: boolean;
  readonly reserved: number;
  readonly masked: boolean;
  readonly payload: Uint8Array;
}

/** Cuts a stream of bytes into frames. */
export class FrameParser {
  #bytes = new Uint8Array();

  /** The frames that are complete with these bytes. */
  take(more: Uint8Array): IncomingFrame[] {
    const joined = new Uint8Array(this.#bytes.length + more.length);
    joined.set(this.#bytes);
    joined.set(more, this.#bytes.length);
    this.#bytes = joined;
    const frames: IncomingFrame[] = [];
    for (let frame = this.#cut(); frame !== undefined; frame = this.#cut()) frames.push(frame);
    return frames;
  }

  #cut(): IncomingFrame | undefined {
    const bytes = this.#bytes;
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return undefined;
    const form = second & 0x7f;
    const start = form === 126 ? 4 : form === 127 ? 10 : 2;
    if (bytes.length < start) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = form === 126 ? view.getUint16(2) : form === 127 ? Number(view.getBigUint64(2)) : form;
    if (bytes.length < start + length) return undefined;
    this.#bytes = bytes.slice(start + length);
    return {
      opcode: first & 0x0f,
      final: (first & 0x80) !== 0,
      reserved: (first >> 4) & 7,
      masked: (second & 0x80) !== 0,
      payload: bytes.slice(start, start + length),
    };
  }
}
