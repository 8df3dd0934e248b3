import { type EncodedFrame, type Encoding, splitBatch } from "@parley/protocol";
import type { HttpAnswer } from "../ports/http.ts";
import { retryAfterMs } from "./retry-after.ts";

/** What an answer to a request of a poll means. Only what bears the marks of a Parley server is read at all. */
export type PollAnswer =
  | { readonly kind: "opened"; readonly poll: string }
  /** `closed` is the close code that comes after these frames. */
  | { readonly kind: "batch"; readonly frames: readonly EncodedFrame[]; readonly closed: number | undefined }
  /** A batch was taken in, or there is none yet. */
  | { readonly kind: "done" }
  /** Trying again may help, not before `afterMs`; undefined where it does not say. */
  | { readonly kind: "later"; readonly afterMs: number | undefined }
  /** The server does not know this poll any more. */
  | { readonly kind: "over" }
  /** The server does not take or give this batch now: a copy of the request, made on the way, may have taken its place. */
  | { readonly kind: "refused" }
  /** Something else answered: a captive portal, a proxy with a page of its own. */
  | { readonly kind: "foreign" };

const POLL_ID = /^[\w-]{1,64}$/;
const CLOSE_CODE = /^[1-9]\d{3}$/;

/** @param number of the batch that was sent or asked for */
export async function readPollAnswer(answer: HttpAnswer, encoding: Encoding, number: number): Promise<PollAnswer> {
  const { status } = answer;
  const poll = answer.headers.get("parley-poll");
  if (status === 200 && poll !== null && POLL_ID.test(poll)) return { kind: "opened", poll };
  if (answer.headers.get("parley-batch") === String(number) || answer.headers.get("parley-close") !== null)
    return readBatch(answer, encoding);
  if (status === 404) return { kind: "over" };
  if (status === 409) return { kind: "refused" };
  if (status === 429 || status === 503) return { kind: "later", afterMs: retryAfterMs(answer.headers) };
  return { kind: "foreign" };
}

async function readBatch(answer: HttpAnswer, encoding: Encoding): Promise<PollAnswer> {
  if (answer.status === 204) return { kind: "done" };
  const type = answer.headers.get("content-type")?.split(";")[0]?.trim();
  if (type !== `application/${encoding}`) return { kind: "foreign" };
  const frames = splitBatch(encoding === "json" ? await answer.text() : new Uint8Array(await answer.arrayBuffer()));
  const close = answer.headers.get("parley-close");
  if (frames === undefined || (close !== null && !CLOSE_CODE.test(close))) return { kind: "foreign" };
  return { kind: "batch", frames, closed: close === null ? undefined : Number(close) };
}
