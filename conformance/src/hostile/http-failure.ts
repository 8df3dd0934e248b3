import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { ProblemCode, ProblemSchema } from "@parley/protocol";
import type { HttpResponse } from "./wire/http-response.ts";

/** What is wrong with the answer to a call that failed, in words. */
export type CallFault = string;

/** A failure is a Connect error in JSON whose details hold a Problem. Undefined if it is one. */
export function faultOfFailure({ status, body }: HttpResponse): CallFault | undefined {
  if (status === 200) return "The call did not fail.";
  if (status >= 500 && status !== 501 && status !== 503) return `The server failed with ${status}.`;
  const text = new TextDecoder().decode(body);
  try {
    const { code, message, details } = JSON.parse(text) as {
      readonly code?: unknown;
      readonly message?: unknown;
      readonly details?: readonly { readonly type: string; readonly value: string }[];
    };
    if (typeof code !== "string" || typeof message !== "string") return `No Connect error: ${text.slice(0, 200)}`;
    const detail = details?.find(({ type }) => type === ProblemSchema.typeName);
    if (detail === undefined) return `No Problem in the details: ${text.slice(0, 200)}`;
    const problem = fromBinary(ProblemSchema, base64Decode(detail.value));
    const known = problem.code !== ProblemCode.UNSPECIFIED && ProblemCode[problem.code] !== undefined;
    return known && problem.reason !== "" ? undefined : "A Problem without a code or a reason.";
  } catch {
    return `No JSON: ${text.slice(0, 200)}`;
  }
}
