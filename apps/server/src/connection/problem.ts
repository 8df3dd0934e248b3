import { create } from "@bufbuild/protobuf";
import { type Problem, ProblemCode, ProblemSchema } from "@parley/protocol";

export function problem(code: ProblemCode, reason: string, retryAfterMs = 0): Problem {
  return create(ProblemSchema, { code, reason, retryAfterMs });
}

export function malformed(reason: string): Problem {
  return problem(ProblemCode.MALFORMED, reason);
}

export function tooLarge(reason: string): Problem {
  return problem(ProblemCode.TOO_LARGE, reason);
}
