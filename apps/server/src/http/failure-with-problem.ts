import { create, toBinary, toJson } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { ProblemCode, ProblemSchema } from "@parley/protocol";

/** A Connect error as it is written. */
interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
}

/**
 * What is wrong with the form of a call is refused by the library, before a handler hears of it and without a Problem. Here such a failure
 * gets one, so that callers find it in every failure.
 */
export async function failureWithProblem(response: Response): Promise<Response> {
  if (response.ok || response.headers.get("content-type")?.startsWith("application/json") !== true) return response;
  const text = await response.text();
  // The library wrote it a moment ago.
  const failure = JSON.parse(text) as Failure;
  const { status, headers } = response;
  if (failure.details !== undefined) return new Response(text, { status, headers });
  headers.delete("content-length");
  const tooLarge = failure.code === "resource_exhausted";
  const code = tooLarge ? ProblemCode.TOO_LARGE : ProblemCode.MALFORMED;
  const problem = create(ProblemSchema, { code, reason: failure.message });
  const detail = {
    type: ProblemSchema.typeName,
    value: base64Encode(toBinary(ProblemSchema, problem), "std_raw"),
    debug: toJson(ProblemSchema, problem),
  };
  const explained = { code: tooLarge ? failure.code : "invalid_argument", message: failure.message, details: [detail] };
  return Response.json(explained, { status: tooLarge ? status : 400, headers });
}
