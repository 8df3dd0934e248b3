import type { EncodedFrame } from "@parley/protocol";

export interface Batch {
  readonly number: number;
  readonly frames: readonly EncodedFrame[];
}

/** A batch takes frames up to here, and one frame in any case. */
const BATCH_BYTES = 256 * 1024;

/**
 * What is on its way to a device that polls: frames in batches with gapless numbers from 1. To ask for a batch says that those before it have arrived; the
 * last one is kept until then, and given again word for word, because an answer may be lost.
 */
export class Downstream {
  #waiting: EncodedFrame[] = [];
  #waitingBytes = 0;
  #given: Batch | undefined;
  #givenBytes = 0;
  /** Of the next batch that is made. */
  #next = 1;

  /** Bytes that the device has not said to hold. */
  get bytes(): number {
    return this.#waitingBytes + this.#givenBytes;
  }

  /** Whether frames wait that are in no batch yet. */
  get waiting(): boolean {
    return this.#waiting.length > 0;
  }

  push(frame: EncodedFrame): void {
    this.#waiting.push(frame);
    this.#waitingBytes += frame.length;
  }

  /** Of what is in no batch yet only the last frame is left. */
  keepLast(): void {
    this.#waiting = this.#waiting.slice(-1);
    this.#waitingBytes = this.#waiting[0]?.length ?? 0;
  }

  /** Whether a batch of this number can be asked for: the last one again, or the next. */
  has(number: number): boolean {
    return number === this.#next || number === this.#given?.number;
  }

  /** A batch that can be asked for; undefined while there is nothing to put in. */
  take(number: number): Batch | undefined {
    if (number === this.#given?.number) return this.#given;
    this.#given = undefined;
    this.#givenBytes = 0;
    if (this.#waiting.length === 0) return undefined;
    const frames = this.#waiting.splice(0, this.#fitting());
    this.#givenBytes = frames.reduce((sum, { length }) => sum + length, 0);
    this.#waitingBytes -= this.#givenBytes;
    this.#given = { number, frames };
    this.#next++;
    return this.#given;
  }

  #fitting(): number {
    let bytes = 0;
    const over = this.#waiting.findIndex(({ length }) => {
      bytes += length;
      return bytes > BATCH_BYTES;
    });
    return over < 0 ? this.#waiting.length : Math.max(1, over);
  }
}
