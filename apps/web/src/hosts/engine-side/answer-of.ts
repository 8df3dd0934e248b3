import { carriedErrorOf } from "../protocol/carried-error.ts";
import type { Answer } from "../protocol/messages.ts";

/** Runs what a call asked for; how it ended, in a form that crosses a port. */
export async function answerOf(call: number, run: () => Promise<unknown>): Promise<Answer> {
  try {
    return { call, ok: true, value: await run() };
  } catch (thrown) {
    return { call, ok: false, error: carriedErrorOf(thrown) };
  }
}
