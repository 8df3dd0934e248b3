import type { ProblemCode } from "@parley/protocol";

/** A call that cannot be granted, for a reason that the caller may know. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: ProblemCode;
  /** When trying again can help; 0 otherwise. */
  readonly retryAfterMs: number;

  constructor(code: ProblemCode, reason: string, retryAfterMs = 0) {
    super(reason);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}
