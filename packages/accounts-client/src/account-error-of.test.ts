import { describe, expect, test } from "bun:test";
import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { ProblemCode, ProblemSchema } from "@parley/protocol";
import { AccountError } from "./account-error.ts";
import { accountErrorOf } from "./account-error-of.ts";

function refusal(code: ProblemCode, retryAfterMs = 0): ConnectError {
  const value = create(ProblemSchema, { code, reason: "Because.", retryAfterMs });
  return new ConnectError("Because.", Code.Unknown, undefined, [{ desc: ProblemSchema, value }]);
}

describe("why a call was refused", () => {
  test.each([
    [ProblemCode.NAME_TAKEN, "name-taken"],
    [ProblemCode.WRONG_CREDENTIALS, "wrong-credentials"],
    [ProblemCode.INVALID, "invalid"],
    [ProblemCode.UNAUTHENTICATED, "unauthenticated"],
    [ProblemCode.DEVICE_CLOSED, "unauthenticated"],
    [ProblemCode.NOT_FOUND, "not-found"],
    [ProblemCode.SHUTTING_DOWN, "unreachable"],
    [ProblemCode.TOO_SLOW, "failed"],
  ] as const)("problem %p is %p", (code, kind) => {
    expect(accountErrorOf(refusal(code))).toMatchObject({ kind, message: "Because.", retryAfterMs: 0 });
  });

  test("a limit carries its time", () => {
    expect(accountErrorOf(refusal(ProblemCode.RATE_LIMITED, 4_500))).toMatchObject({
      kind: "rate-limited",
      retryAfterMs: 4_500,
    });
  });

  test("no answer at all, and answers of something that is no Parley server", () => {
    expect(accountErrorOf(new TypeError("fetch failed")).kind).toBe("unreachable");
    expect(accountErrorOf(ConnectError.from(new TypeError("fetch failed"))).kind).toBe("unreachable");
    expect(accountErrorOf(new ConnectError("time", Code.DeadlineExceeded)).kind).toBe("unreachable");
    expect(accountErrorOf(new ConnectError("bad gateway", Code.Unavailable)).kind).toBe("unreachable");
    expect(accountErrorOf(new ConnectError("what?", Code.Unimplemented)).kind).toBe("failed");
  });

  test("an error that is one already stays the same", () => {
    const error = new AccountError("invalid", "No.", 0, undefined);
    expect(accountErrorOf(error)).toBe(error);
  });
});
