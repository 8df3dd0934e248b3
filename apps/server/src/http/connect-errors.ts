import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { ProblemCode, ProblemSchema } from "@parley/protocol";
import { Refusal } from "../accounts/refusal.ts";

const codes: { readonly [code in ProblemCode]?: Code } = {
  [ProblemCode.MALFORMED]: Code.InvalidArgument,
  [ProblemCode.INVALID]: Code.InvalidArgument,
  [ProblemCode.TOO_LARGE]: Code.ResourceExhausted,
  [ProblemCode.RATE_LIMITED]: Code.ResourceExhausted,
  [ProblemCode.UNAUTHENTICATED]: Code.Unauthenticated,
  [ProblemCode.WRONG_CREDENTIALS]: Code.Unauthenticated,
  [ProblemCode.FORBIDDEN_ORIGIN]: Code.PermissionDenied,
  [ProblemCode.NOT_FOUND]: Code.NotFound,
  [ProblemCode.NAME_TAKEN]: Code.AlreadyExists,
  [ProblemCode.DEVICE_CLOSED]: Code.FailedPrecondition,
  [ProblemCode.UNAVAILABLE]: Code.Unavailable,
  [ProblemCode.SHUTTING_DOWN]: Code.Unavailable,
};

/** A refusal as a Connect error whose details hold the Problem. */
export function connectErrorOf({ code, message, retryAfterMs }: Refusal): ConnectError {
  const value = create(ProblemSchema, { code, reason: message, retryAfterMs });
  return new ConnectError(message, codes[code] ?? Code.Unknown, undefined, [{ desc: ProblemSchema, value }]);
}

/** Turns what handlers throw into what callers may know. */
export const answerWithProblems: Interceptor = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    if (error instanceof Refusal) throw connectErrorOf(error);
    console.error(`${request.method.name} failed:`, error);
    throw connectErrorOf(new Refusal(ProblemCode.UNAVAILABLE, "The server could not do that now.", 1_000));
  }
};
