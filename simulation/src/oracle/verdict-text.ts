import { equals } from "@bufbuild/protobuf";
import { RejectionCode, type Verdict, VerdictSchema } from "@parley/protocol";

export function verdictText(verdict: Verdict): string {
  switch (verdict.outcome.case) {
    case "accepted":
      return `accepted as ${verdict.outcome.value.seq}`;
    case "rejected":
      return `rejected ${RejectionCode[verdict.outcome.value.code]} (${verdict.outcome.value.reason})`;
    default:
      return "nothing";
  }
}

/** Word for word. */
export function sameVerdict(one: Verdict, other: Verdict): boolean {
  return equals(VerdictSchema, one, other);
}
