import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Answer, AnswersSchema, type Submission, SubmitSchema } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Http, HttpAnswer } from "../ports/http.ts";

export type SubmitOutcome =
  | { readonly kind: "answered"; readonly answers: readonly Answer[] }
  /** The server does not take this device's commands as things stand; asking again does not help. */
  | { readonly kind: "refused" }
  /** No answer, or none of a Parley server, or one that cannot help now: later. */
  | { readonly kind: "unreachable" };

const PATH = "/parley.v1.ConversationService/SubmitCommands";
/** A request that takes longer is not waited for: what it carried is sent again, with the same ids. */
const ANSWER_WITHIN_MS = 30_000;

/**
 * Who asks for too much, or for what a server in trouble cannot do, may ask again. The others mean: no session, another device's session, or a defect.
 * See "HTTP" in docs/protocol.md.
 */
const REFUSALS: ReadonlySet<unknown> = new Set([
  "unauthenticated",
  "failed_precondition",
  "permission_denied",
  "invalid_argument",
]);

/** Sends commands of a device as one request. */
export async function callSubmit(
  http: Http,
  clock: Pick<Clock, "after">,
  device: string,
  submissions: readonly Submission[],
): Promise<SubmitOutcome> {
  const body = toBinary(SubmitSchema, create(SubmitSchema, { device, submissions: [...submissions] }));
  const call = http.post(PATH, "proto", body);
  const stopWaiting = clock.after(ANSWER_WITHIN_MS, () => call.cancel());
  try {
    return await read(await call.answer);
  } catch {
    return { kind: "unreachable" };
  } finally {
    stopWaiting();
  }
}

/** Only what bears the marks of a Parley server counts: a captive portal answers everything, too. */
async function read(answer: HttpAnswer): Promise<SubmitOutcome> {
  const type = answer.headers.get("content-type")?.split(";")[0]?.trim();
  if (answer.status === 200 && type === "application/proto") {
    const { answers } = fromBinary(AnswersSchema, new Uint8Array(await answer.arrayBuffer()));
    return { kind: "answered", answers };
  }
  if (type !== "application/json") return { kind: "unreachable" };
  const failure: unknown = JSON.parse(await answer.text());
  const code = typeof failure === "object" && failure !== null && "code" in failure ? failure.code : undefined;
  return { kind: REFUSALS.has(code) ? "refused" : "unreachable" };
}
