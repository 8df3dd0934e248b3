import { create } from "@bufbuild/protobuf";
import { type Changes, type EncodedFrame, encodeServerFrame, type Reset, ServerFrameSchema } from "@parley/protocol";

/** What brings a device up to date in one conversation, ready to be sent. */
export interface EncodedCatchUp {
  readonly kind: "changes" | "reset";
  /** The whole frame, in the binary encoding. */
  readonly frame: EncodedFrame;
  /** The seq up to which it does. */
  readonly to: number;
  readonly entries: number;
  /** Whether it brings the state, and with it profiles, which change without an event. */
  readonly hasState: boolean;
}

export function encodedCatchUp(read: Changes | Reset): EncodedCatchUp {
  if (read.$typeName === "parley.v1.Reset") {
    const frame = encodeServerFrame("proto", create(ServerFrameSchema, { frame: { case: "reset", value: read } }));
    const entries = read.newest?.entries.length ?? 0;
    return { kind: "reset", frame, to: read.status?.head?.seq ?? 0, entries, hasState: true };
  }
  const frame = encodeServerFrame("proto", create(ServerFrameSchema, { frame: { case: "changes", value: read } }));
  const { to, entries, state } = read;
  return { kind: "changes", frame, to: to?.seq ?? 0, entries: entries.length, hasState: state !== undefined };
}
