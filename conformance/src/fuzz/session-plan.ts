import type { EncodedFrame, Encoding } from "@parley/protocol";

/** One thing that a session of the fuzzer does. Everything that is sent is in it. */
export type Step =
  | {
      readonly kind: "message";
      /** What it was before it was spoiled. */
      readonly label: string;
      readonly data: EncodedFrame;
      /** Where the message is cut into WebSocket frames; none to send it in one. */
      readonly cuts: readonly number[];
    }
  | { readonly kind: "bytes"; readonly label: string; readonly data: Uint8Array }
  | {
      readonly kind: "call";
      readonly label: string;
      /** `Service/Method`. */
      readonly method: string;
      readonly encoding: Encoding;
      readonly body: Uint8Array;
      /** More header lines. */
      readonly headers: readonly string[];
    };

/** A whole session: how it connects, what it says first on each new socket, and what it does then. */
export interface SessionPlan {
  readonly seed: number;
  readonly encoding: Encoding;
  /** Right Hellos, one for each device: the next one is said when the device of the one before was closed. */
  readonly hellos: readonly EncodedFrame[];
  readonly steps: readonly Step[];
}

/** A step as a person can read it, and send it again. */
export function shownStep(step: Step): string {
  const data = step.kind === "call" ? step.body : step.data;
  const text = typeof data === "string" ? JSON.stringify(data) : Buffer.from(data).toString("hex");
  const short = text.length > 4_000 ? `${text.slice(0, 4_000)}… (${text.length} characters)` : text;
  const more = step.kind === "call" ? ` ${step.encoding} ${step.headers.join(" | ")}` : "";
  const cuts = step.kind === "message" && step.cuts.length > 0 ? ` cut at ${step.cuts.join(", ")}` : "";
  return `${step.kind} ${step.label}${more}${cuts}: ${short}`;
}
