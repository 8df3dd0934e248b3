import { REGISTERS } from "./server-frames.ts";

/** Counts the frames of registers that each of some devices is sent: its own marks, and what it is told of those of others. */
export class RegisterMeter {
  #frames: Uint32Array;
  #bytes = 0;

  constructor(devices: number) {
    this.#frames = new Uint32Array(devices);
  }

  take(device: number, payload: Uint8Array): void {
    if (payload[0] !== REGISTERS) return;
    this.#frames[device] = (this.#frames[device] ?? 0) + 1;
    this.#bytes += payload.length;
  }

  /** What was counted since it was asked last. */
  reset(): { readonly busiest: number; readonly frames: number; readonly bytes: number } {
    const counted = {
      busiest: Math.max(...this.#frames),
      frames: this.#frames.reduce((sum, count) => sum + count, 0),
      bytes: this.#bytes,
    };
    this.#frames.fill(0);
    this.#bytes = 0;
    return counted;
  }
}
