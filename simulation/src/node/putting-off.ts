import { create, fromBinary } from "@bufbuild/protobuf";
import { type Answer, AnswerSchema, CommandSchema, RetryCode } from "@parley/protocol";
import type { Submitter } from "@parley/server/parts";

/** A log whose commands are put off, and for how long. */
export interface PutOff {
  readonly log: string;
  readonly retryAfterMs: number;
}

/** A submitter that judges the commands of all logs but one, as a store does that cannot write one of them for a while. */
export function puttingOff(inner: Submitter, now: () => PutOff | undefined): Submitter {
  return {
    submit: (commands) => {
      const putOff = now();
      if (putOff === undefined) return inner.submit(commands);
      const answers = commands.map((submitted) => {
        const { id, log } = fromBinary(CommandSchema, submitted.command);
        return log === putOff.log ? later(id, putOff) : inner.submit([submitted]).then(([answer]) => answer);
      });
      return Promise.all(answers).then((all) => all.filter((answer) => answer !== undefined));
    },
  };
}

function later(id: string, { retryAfterMs }: PutOff): Answer {
  const retry = { code: RetryCode.UNAVAILABLE, retryAfterMs };
  return create(AnswerSchema, { id, outcome: { case: "retry", value: retry } });
}
