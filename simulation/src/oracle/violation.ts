/** Something that must never be. `rule` is the rule of docs/sync.md or docs/protocol.md that it breaks. */
export interface Violation {
  readonly rule: string;
  readonly detail: string;
}

/** Ends a simulation: the first violation is the one to look at. */
export class ViolationError extends Error {
  override readonly name = "ViolationError";
  readonly violation: Violation;

  constructor(violation: Violation) {
    super(`[${violation.rule}] ${violation.detail}`);
    this.violation = violation;
  }
}

export function throwFirst(violations: readonly Violation[]): void {
  const first = violations[0];
  if (first !== undefined) throw new ViolationError(first);
}
