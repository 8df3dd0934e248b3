import { create } from "@bufbuild/protobuf";
import { limits, RejectionCode, type SetTimer, TimerSetSchema } from "@parley/protocol";
import { makesRequest, requestWaits } from "../message-requests.ts";
import { type CommandHandler, cannot, happens, noEffect } from "./command-handler.ts";
import { placeOf, requireRight } from "./membership.ts";

export const setTimer: CommandHandler<SetTimer> = {
  authorise: (attempt) => requireRight(attempt, "setTimer"),
  validate({ seconds }) {
    if (seconds === 0 || (seconds >= limits.timerSecondsLeast && seconds <= limits.timerSecondsMost)) return undefined;
    const reason = `seconds is neither 0 nor from ${limits.timerSecondsLeast} to ${limits.timerSecondsMost}.`;
    return { code: RejectionCode.INVALID, reason };
  },
  async decide(attempt, { seconds }) {
    const { record } = await placeOf(attempt);
    if (await makesRequest(attempt, record)) return cannot(requestWaits);
    if (record.timerSeconds === seconds) return noEffect;
    return happens({ case: "timerSet", value: create(TimerSetSchema, { seconds }) });
  },
};
