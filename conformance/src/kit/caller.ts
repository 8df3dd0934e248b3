import {
  create,
  type DescMessage,
  type DescMethodUnary,
  fromBinary,
  fromJson,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { type Encoding, type Problem, ProblemCode, ProblemSchema } from "@parley/protocol";
import type { Coverage } from "./coverage.ts";
import { expectThat } from "./expectation.ts";

/** What a call came to. */
export type CallOutcome<Output extends DescMessage> =
  | { readonly ok: true; readonly status: number; readonly headers: Headers; readonly value: MessageShape<Output> }
  | {
      readonly ok: false;
      readonly status: number;
      readonly headers: Headers;
      /** The Connect code, such as "not_found". */
      readonly code: string;
      /** From the details of the error. */
      readonly problem: Problem | undefined;
    };

/** Calls the methods of the schema over HTTP, in one encoding. */
export class Caller {
  readonly #url: string;
  readonly #encoding: Encoding;
  readonly #coverage: Coverage;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param headers credentials, and what else every call carries */
  constructor(url: string, encoding: Encoding, coverage: Coverage, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url;
    this.#encoding = encoding;
    this.#coverage = coverage;
    this.#headers = headers;
  }

  /** The same with the session of a token. */
  as(token: string): Caller {
    return this.with({ authorization: `Bearer ${token}` });
  }

  with(headers: Readonly<Record<string, string>>): Caller {
    return new Caller(this.#url, this.#encoding, this.#coverage, { ...this.#headers, ...headers });
  }

  /** Calls a method, however it comes out. */
  async outcome<Input extends DescMessage, Output extends DescMessage>(
    method: DescMethodUnary<Input, Output>,
    input: MessageInitShape<Input>,
  ): Promise<CallOutcome<Output>> {
    const message = create(method.input, input);
    this.#coverage.method(this.#encoding, method);
    this.#coverage.message("sent", this.#encoding, method.input, message);
    const answer = await this.send(
      `${method.parent.typeName}/${method.name}`,
      this.#encoding === "proto"
        ? new Uint8Array(toBinary(method.input, message))
        : toJsonString(method.input, message),
    );
    const { status, headers } = answer;
    if (status !== 200) return { ok: false, status, headers, ...this.#failure(await answer.text()) };
    const value =
      this.#encoding === "proto"
        ? fromBinary(method.output, new Uint8Array(await answer.arrayBuffer()))
        : fromJson(method.output, await jsonOf(answer));
    this.#coverage.message("received", this.#encoding, method.output, value);
    return { ok: true, status, headers, value };
  }

  /** Calls a method that must succeed. */
  async call<Input extends DescMessage, Output extends DescMessage>(
    method: DescMethodUnary<Input, Output>,
    input: MessageInitShape<Input>,
  ): Promise<MessageShape<Output>> {
    const outcome = await this.outcome(method, input);
    if (outcome.ok) return outcome.value;
    throw new Error(`${method.name} failed with ${outcome.status} ${outcome.code}: ${outcome.problem?.reason}`);
  }

  /** Calls a method that must fail with a Problem of this code. */
  async refused<Input extends DescMessage, Output extends DescMessage>(
    method: DescMethodUnary<Input, Output>,
    input: MessageInitShape<Input>,
    code: ProblemCode,
  ): Promise<Problem> {
    const outcome = await this.outcome(method, input);
    expectThat(!outcome.ok, `${method.name} to be refused with ${ProblemCode[code]}`);
    const { problem } = outcome;
    expectThat(problem !== undefined, `${method.name} to fail with a Problem`, outcome);
    expectThat(problem.code === code, `${method.name} to fail with ${ProblemCode[code]}`, problem);
    expectThat(problem.reason !== "", "a Problem to give a reason");
    return problem;
  }

  /** Posts bytes as they are to a path below the package's own. */
  send(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    return fetch(`${this.#url}/${path}`, {
      method: "POST",
      headers: { "content-type": `application/${this.#encoding}`, ...this.#headers, ...headers },
      body,
    });
  }

  #failure(text: string): { code: string; problem: Problem | undefined } {
    const problem = problemIn(text);
    if (problem !== undefined) this.#coverage.message("received", this.#encoding, ProblemSchema, problem);
    return { code: errorIn(text).code ?? "", problem };
  }
}

/** A Connect error, as far as it is read here. It is JSON whatever the encoding of the call. */
interface WrittenError {
  readonly code?: string;
  readonly details?: readonly { readonly type: string; readonly value: string }[];
}

function errorIn(text: string): WrittenError {
  return JSON.parse(text) as WrittenError;
}

/** The Problem in the details of a Connect error. */
export function problemIn(text: string): Problem | undefined {
  const detail = errorIn(text).details?.find(({ type }) => type === ProblemSchema.typeName);
  return detail && fromBinary(ProblemSchema, base64Decode(detail.value));
}

async function jsonOf(answer: Response): Promise<JsonValue> {
  return (await answer.json()) as JsonValue;
}
