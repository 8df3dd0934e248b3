import { frameBytes, type OutgoingFrame, opcodes } from "../hostile/wire/web-socket-frame.ts";
import type { Random } from "./random.ts";
import type { Step } from "./session-plan.ts";

const FORMS: readonly Pick<OutgoingFrame, "lengthForm">[] = [
  {},
  { lengthForm: "two bytes" },
  { lengthForm: "eight bytes" },
];

/** WebSocket frames of any kind, right or wrong, or bytes that are not even that. */
export function spoiledFrames(random: Random): Step {
  if (random.chance(0.1)) return { kind: "bytes", label: "noise", data: random.bytes(1 + random.below(200)) };
  const frame: OutgoingFrame = {
    opcode: random.pick([...Object.values(opcodes), 3, 11]),
    payload: random.bytes(random.below(200)),
    final: random.chance(0.7),
    reserved: random.chance(0.8) ? 0 : random.below(8),
    masked: random.chance(0.9),
    ...random.pick(FORMS),
    ...(random.chance(0.1) ? { declaredLength: BigInt(random.word()) << BigInt(random.below(32)) } : {}),
  };
  return { kind: "bytes", label: `a WebSocket frame of opcode ${frame.opcode}`, data: frameBytes(frame) };
}
