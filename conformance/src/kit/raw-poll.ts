import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  ClientFrameSchema,
  decodeServerFrame,
  type EncodedFrame,
  type Encoding,
  encodeBatch,
  encodeClientFrame,
  type ServerFrame,
  splitBatch,
} from "@parley/protocol";
import { expectThat } from "./expectation.ts";

type ClientFrameInit = NonNullable<MessageInitShape<typeof ClientFrameSchema>["frame"]>;

export interface PollAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly frames: readonly ServerFrame["frame"][];
}

/** One poll, request by request: every number is the caller's. */
export class RawPoll {
  readonly id: string;
  readonly #url: string;
  readonly #encoding: Encoding;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #saw: (bytes: Uint8Array) => void;

  private constructor(
    id: string,
    url: string,
    encoding: Encoding,
    headers: Readonly<Record<string, string>>,
    saw: (bytes: Uint8Array) => void,
  ) {
    this.id = id;
    this.#saw = saw;
    this.#url = url;
    this.#encoding = encoding;
    this.#headers = headers;
  }

  /** Asks for a poll, whatever comes of it. */
  static ask(url: string, encoding: Encoding, headers: Readonly<Record<string, string>>): Promise<Response> {
    const type = { "content-type": `application/${encoding}` };
    return fetch(`${url}/poll`, { method: "POST", headers: { ...type, ...headers } });
  }

  /** @param saw is told every body that comes */
  static async open(
    url: string,
    encoding: Encoding,
    token: string,
    saw: (bytes: Uint8Array) => void = () => undefined,
  ): Promise<RawPoll> {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await RawPoll.ask(url, encoding, headers);
    const id = answer.headers.get("parley-poll");
    expectThat(answer.status === 200 && id !== null, "a poll", answer.status);
    return new RawPoll(id, url, encoding, headers, saw);
  }

  /** The same poll, asked for by somebody else. */
  as(token: string): RawPoll {
    return this.named(this.id, token);
  }

  /** A poll of an id that was made up or overheard. */
  named(id: string, token: string): RawPoll {
    return new RawPoll(id, this.#url, this.#encoding, { authorization: `Bearer ${token}` }, this.#saw);
  }

  send(number: number | string, ...frames: ClientFrameInit[]): Promise<PollAnswer> {
    const encoded = frames.map((frame) => encodeClientFrame(this.#encoding, create(ClientFrameSchema, { frame })));
    return this.sendRaw(number, encodeBatch(this.#encoding, encoded));
  }

  /** Sends a body as it is. */
  sendRaw(number: number | string, body: EncodedFrame, headers: Readonly<Record<string, string>> = {}) {
    return this.#post(`send/${number}`, body, headers);
  }

  receive(number: number | string, signal?: AbortSignal): Promise<PollAnswer> {
    return this.#post(`receive/${number}`, "", {}, signal);
  }

  leave(): Promise<PollAnswer> {
    return this.#post("close", "", {});
  }

  async #post(
    step: string,
    body: EncodedFrame,
    more: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<PollAnswer> {
    const answer = await fetch(`${this.#url}/poll/${this.id}/${step}`, {
      method: "POST",
      headers: { "content-type": `application/${this.#encoding}`, ...this.#headers, ...more },
      body: typeof body === "string" ? body : new Uint8Array(body),
      ...(signal && { signal }),
    });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    this.#saw(bytes);
    const split = splitBatch(this.#encoding === "json" ? new TextDecoder().decode(bytes) : bytes);
    const frames = (split ?? []).map((frame) => decodeServerFrame(this.#encoding, frame)?.frame ?? { case: undefined });
    return { status: answer.status, headers: answer.headers, frames };
  }
}
