import { create } from "@bufbuild/protobuf";
import {
  type Answer,
  AnswerSchema,
  type RejectionCode,
  type RetryCode,
  type Verdict,
  VerdictSchema,
} from "@parley/protocol";
import type { VerdictRecord } from "../log/records.ts";

/** Why a command is rejected. The reason is a sentence for developers. */
export interface Refusal {
  readonly code: RejectionCode;
  readonly reason: string;
}

/** What ends the judging of a command before it is carried out. */
export type Ruling =
  /** It has a verdict, given now or earlier. */
  | { readonly kind: "verdict"; readonly verdict: Verdict }
  /** It is to be rejected, and the rejection recorded; with it the withdrawal of another command that was never received. */
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly withdrawn?: string }
  | { readonly kind: "stale"; readonly last: string }
  | { readonly kind: "retry"; readonly code: RetryCode; readonly afterMs: number };

export function refused(code: RejectionCode, reason: string): Ruling {
  return { kind: "refused", refusal: { code, reason } };
}

export function accepted(log: string, seq: number, receivedAt: number): Verdict {
  const value = { $typeName: "parley.v1.Accepted", seq, receivedAt } as const;
  return { $typeName: "parley.v1.Verdict", log, outcome: { case: "accepted", value } };
}

export function rejected(log: string, { code, reason }: Refusal): Verdict {
  return create(VerdictSchema, { log, outcome: { case: "rejected", value: { code, reason } } });
}

export function verdictOf(log: string, record: VerdictRecord): Verdict {
  return record.kind === "accepted" ? accepted(log, record.seq, record.receivedAt) : rejected(log, record);
}

export function verdictAnswer(id: string, verdict: Verdict): Answer {
  return { $typeName: "parley.v1.Answer", id, outcome: { case: "verdict", value: verdict } };
}

export function staleAnswer(id: string, last: string): Answer {
  return create(AnswerSchema, { id, outcome: { case: "stale", value: { last } } });
}

export function retryAnswer(id: string, code: RetryCode, retryAfterMs: number): Answer {
  return create(AnswerSchema, { id, outcome: { case: "retry", value: { code, retryAfterMs } } });
}
