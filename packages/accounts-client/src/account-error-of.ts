import { Code, ConnectError } from "@connectrpc/connect";
import { ProblemCode, ProblemSchema } from "@parley/protocol";
import { AccountError, type AccountErrorKind } from "./account-error.ts";

const kindsByProblem: Partial<Record<ProblemCode, AccountErrorKind>> = {
  [ProblemCode.NAME_TAKEN]: "name-taken",
  [ProblemCode.WRONG_CREDENTIALS]: "wrong-credentials",
  [ProblemCode.INVALID]: "invalid",
  [ProblemCode.MALFORMED]: "invalid",
  [ProblemCode.TOO_LARGE]: "invalid",
  [ProblemCode.UNAUTHENTICATED]: "unauthenticated",
  [ProblemCode.DEVICE_CLOSED]: "unauthenticated",
  [ProblemCode.NOT_FOUND]: "not-found",
  [ProblemCode.RATE_LIMITED]: "rate-limited",
  [ProblemCode.FLOODING]: "rate-limited",
  [ProblemCode.SHUTTING_DOWN]: "unreachable",
  [ProblemCode.UNAVAILABLE]: "unreachable",
};

/** Answers of proxies, captive portals and broken servers, which carry no problem. They know nothing of who is signed in. */
const kindsByCode: Partial<Record<Code, AccountErrorKind>> = {
  [Code.Unauthenticated]: "unreachable",
  [Code.PermissionDenied]: "unreachable",
  [Code.Unknown]: "unreachable",
  [Code.NotFound]: "failed",
  [Code.ResourceExhausted]: "rate-limited",
  [Code.Unavailable]: "unreachable",
  [Code.DeadlineExceeded]: "unreachable",
};

/** Whatever a call threw, by what it means to the person who made it. */
export function accountErrorOf(thrown: unknown): AccountError {
  if (thrown instanceof AccountError) return thrown;
  const error = ConnectError.from(thrown);
  const problem = error.findDetails(ProblemSchema)[0];
  if (problem !== undefined) {
    return new AccountError(kindsByProblem[problem.code] ?? "failed", problem.reason, problem.retryAfterMs, thrown);
  }
  // fetch throws a TypeError when there was no answer at all.
  const unanswered = thrown instanceof TypeError || error.cause instanceof TypeError;
  const kind = unanswered ? "unreachable" : (kindsByCode[error.code] ?? "failed");
  return new AccountError(kind, error.rawMessage, 0, thrown);
}
