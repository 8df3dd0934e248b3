import { ProblemCode } from "./gen/parley/v1/frame_pb.ts";

const APPLICATION_CLOSE_CODES = 4000;

/** The WebSocket close code that stands for a problem. */
export function closeCodeOf(code: ProblemCode): number {
  return APPLICATION_CLOSE_CODES + code;
}

/** The problem that a close code stands for; undefined for codes of the WebSocket protocol itself. */
export function problemOfCloseCode(closeCode: number): ProblemCode | undefined {
  const code = closeCode - APPLICATION_CLOSE_CODES;
  return code > 0 && code in ProblemCode ? code : undefined;
}
