import { create } from "@bufbuild/protobuf";
import {
  type Draft,
  type MarkSummary,
  type MemberMark,
  type Privacy,
  type Profile,
  type ReadState,
  type Registers,
  RegistersSchema,
  type Reset,
} from "@parley/protocol";

export type Register = ReadState | MemberMark | MarkSummary | Profile | Draft | Privacy;

/** No frame carries more characters of drafts than this, unless of one draft. */
const DRAFT_CHARACTERS_PER_FRAME = 64_000;

/** Registers in as many frames as they need, in their order. */
export function framesOfRegisters(values: readonly Register[]): Registers[] {
  let registers = create(RegistersSchema);
  let characters = 0;
  const frames = [registers];
  for (const value of values) {
    if (value.$typeName === "parley.v1.Draft") {
      if (characters > 0 && characters + value.text.length > DRAFT_CHARACTERS_PER_FRAME) {
        registers = create(RegistersSchema);
        frames.push(registers);
        characters = 0;
      }
      characters += value.text.length;
    }
    add(registers, value);
  }
  return frames;
}

/** What is left of a register for who hides what they read, and so is not told what others have read. */
export function withoutReads(value: Register): Register {
  switch (value.$typeName) {
    case "parley.v1.MemberMark":
      return { ...value, read: 0 };
    case "parley.v1.MarkSummary":
      return { ...value, readByAll: 0, latestRead: 0 };
    default:
      return value;
  }
}

/** A Reset as it may be told now: after it was read the person may have begun to hide what they read. */
export function resetFor({ blind }: { readonly blind: boolean }, reset: Reset): Reset {
  return blind ? { ...reset, marks: reset.marks.map((mark) => ({ ...mark, read: 0 })) } : reset;
}

function add(registers: Registers, value: Register): void {
  switch (value.$typeName) {
    case "parley.v1.ReadState":
      registers.readStates.push(value);
      break;
    case "parley.v1.MemberMark":
      registers.memberMarks.push(value);
      break;
    case "parley.v1.MarkSummary":
      registers.markSummaries.push(value);
      break;
    case "parley.v1.Profile":
      registers.profiles.push(value);
      break;
    case "parley.v1.Privacy":
      registers.privacy = value;
      break;
    case "parley.v1.Draft":
      registers.drafts.push(value);
      break;
  }
}
