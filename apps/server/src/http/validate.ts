import { type Problem, ProblemCode, uuidVersion } from "@parley/protocol";
import { Refusal } from "../accounts/refusal.ts";

export function invalid(reason: string): Refusal {
  return new Refusal(ProblemCode.INVALID, reason);
}

export function notFound(reason: string): Refusal {
  return new Refusal(ProblemCode.NOT_FOUND, reason);
}

export function requireUuid(field: string, value: string): void {
  if (uuidVersion(value) === undefined) throw invalid(`${field} must be a UUID in canonical text.`);
}

/** A count that may be left out. */
export function limitWithin(value: number, most: number, otherwise: number): number {
  if (value > most) throw invalid(`limit must lie between 1 and ${most}.`);
  return value === 0 ? otherwise : value;
}

export function requireNoFault(fault: Problem | undefined): void {
  if (fault !== undefined) throw new Refusal(fault.code, fault.reason, fault.retryAfterMs);
}
