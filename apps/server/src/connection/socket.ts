import type { EncodedFrame, Encoding } from "@parley/protocol";

/** One open socket, whatever carries it. Everything is ignored once it is closed. */
export interface Socket {
  readonly encoding: Encoding;
  /** False when the frame was dropped because too much waits already. */
  send(frame: EncodedFrame): boolean;
  /** Bytes that wait to leave. */
  waiting(): number;
  close(code: number, reason: string): void;
}
