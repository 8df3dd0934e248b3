import type { DescMessage, JsonValue, MessageShape } from "@bufbuild/protobuf";
import {
  ClientFrameSchema,
  decodeClientFrame,
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  ServerFrameSchema,
} from "@parley/protocol";
import type { InspectedFrame } from "../../features/inspector/view-model/inspector.ts";
import { readableFrame, redactedFrame } from "./readable-frame.ts";

const MOST_FRAMES = 500;
/** Of a device that is brought up to date each frame may have half a megabyte. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Longer ones are cut: a page of history is not read in a list. */
const MOST_CHARACTERS = 20_000;

interface RecordedFrame {
  readonly number: number;
  readonly at: number;
  readonly direction: "sent" | "received";
  readonly encoding: Encoding;
  readonly encoded: EncodedFrame;
}

type Render = <Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>) => JsonValue;

/** The latest frames as they travelled. They are decoded only when somebody looks. */
export class FrameRecorder {
  #frames: RecordedFrame[] = [];
  #bytes = 0;
  #last = 0;

  record(direction: "sent" | "received", encoding: Encoding, encoded: EncodedFrame, at: number): void {
    // By the time, so that the numbers of another engine that follows are greater.
    this.#last = Math.max(this.#last + 1, at * 1000);
    this.#frames.push({ number: this.#last, at, direction, encoding, encoded });
    this.#bytes += encoded.length;
    if (this.#frames.length > 2 * MOST_FRAMES || this.#bytes > MOST_BYTES) this.#forgetOldest();
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }

  /** The frames after a number, the latest of them if they are many. */
  since(after: number): readonly InspectedFrame[] {
    return this.#latest()
      .filter(({ number }) => number > after)
      .map((frame) => inspected(frame, readableFrame));
  }

  /** Every frame, without what people wrote or are called. */
  redacted(): readonly InspectedFrame[] {
    return this.#latest().map((frame) => inspected(frame, redactedFrame));
  }

  /** Many at once, so that not each frame moves all others. */
  #forgetOldest(): void {
    let bytes = 0;
    const over = this.#frames.findLastIndex(({ encoded }, index) => {
      bytes += encoded.length;
      return this.#frames.length - index > MOST_FRAMES || bytes > MOST_BYTES / 2;
    });
    this.#frames = this.#frames.slice(over + 1);
    this.#bytes = this.#frames.reduce((sum, { encoded }) => sum + encoded.length, 0);
  }

  #latest(): readonly RecordedFrame[] {
    return this.#frames.slice(-MOST_FRAMES);
  }
}

function inspected(frame: RecordedFrame, render: Render): InspectedFrame {
  const { number, at, direction, encoding, encoded } = frame;
  const { kind, body } =
    direction === "sent" ? ofClient(encoding, encoded, render) : ofServer(encoding, encoded, render);
  const json = JSON.stringify(body, undefined, 2);
  const cut = json.length > MOST_CHARACTERS ? `${json.slice(0, MOST_CHARACTERS)}\n…` : json;
  return { number, at, direction, kind, bytes: sizeOf(encoded), json: cut };
}

interface Rendered {
  readonly kind: string;
  readonly body: JsonValue;
}

const unreadable: Rendered = { kind: "unreadable", body: null };

function ofClient(encoding: Encoding, encoded: EncodedFrame, render: Render): Rendered {
  const frame = decodeClientFrame(encoding, encoded);
  if (frame === undefined) return unreadable;
  return { kind: frame.frame.case ?? "unknown", body: render(ClientFrameSchema, frame) };
}

function ofServer(encoding: Encoding, encoded: EncodedFrame, render: Render): Rendered {
  const frame = decodeServerFrame(encoding, encoded);
  if (frame === undefined) return unreadable;
  return { kind: frame.frame.case ?? "unknown", body: render(ServerFrameSchema, frame) };
}

function sizeOf(encoded: EncodedFrame): number {
  return typeof encoded === "string" ? new TextEncoder().encode(encoded).byteLength : encoded.byteLength;
}
