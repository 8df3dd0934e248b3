import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type AnswerSchema,
  AnswersSchema,
  type Command,
  CommandSchema,
  type Submission,
  type Submit,
  SubmitSchema,
} from "@parley/protocol";
import type { Http, HttpAnswer, HttpCall } from "../ports/http.ts";

type Outcome = NonNullable<MessageInitShape<typeof AnswerSchema>["outcome"]>;

/** A server that takes commands over HTTP as the real one does: an id once, in the order of links, for one device. */
export class HttpServer implements Http {
  readonly requests: Submit[] = [];
  /** What was accepted, in the order of all logs. */
  readonly accepted: Command[] = [];
  /** What a request comes to instead of being judged. */
  fate: (submit: Submit) => Promise<HttpAnswer> | undefined = () => undefined;
  /** What a command is answered with if its link matches; accepted if undefined. */
  outcomeOf: (command: Command) => Outcome | undefined = () => undefined;
  readonly #verdicts = new Map<string, Outcome>();
  readonly #last = new Map<string, string>();
  cancelled = 0;

  post(_path: string, _encoding: string, body: Uint8Array | string): HttpCall {
    const submit = fromBinary(SubmitSchema, typeof body === "string" ? new Uint8Array() : body);
    this.requests.push(submit);
    return { answer: this.fate(submit) ?? Promise.resolve(this.take(submit)), cancel: () => this.cancelled++ };
  }

  /** Judges what a request carries. */
  take({ submissions }: Submit): HttpAnswer {
    const answers = submissions.map((each) => this.#judge(each));
    return httpAnswer(200, "application/proto", toBinary(AnswersSchema, create(AnswersSchema, { answers })));
  }

  #judge({ order, command: encoded }: Submission): MessageInitShape<typeof AnswerSchema> {
    const command = fromBinary(CommandSchema, encoded);
    const { id, log } = command;
    const known = this.#verdicts.get(id);
    if (known !== undefined) return { id, outcome: known };
    const last = this.#last.get(log);
    const named = order?.link.case === "after" ? order.link.value : undefined;
    if (named !== last) return { id, outcome: { case: "stale", value: { last: last ?? "" } } };
    const outcome = this.outcomeOf(command) ?? this.#accept(command);
    if (outcome.case !== "verdict") return { id, outcome };
    this.#verdicts.set(id, outcome);
    this.#last.set(log, id);
    return { id, outcome };
  }

  #accept(command: Command): Outcome {
    this.accepted.push(command);
    const seq = this.accepted.filter(({ log }) => log === command.log).length;
    return {
      case: "verdict",
      value: { log: command.log, outcome: { case: "accepted", value: { seq, receivedAt: Date.UTC(2026, 0, 1) } } },
    };
  }
}

export function httpAnswer(status: number, type: string, body: Uint8Array | string): HttpAnswer {
  return new Response(typeof body === "string" ? body : new Uint8Array(body), {
    status,
    headers: { "content-type": type },
  });
}
