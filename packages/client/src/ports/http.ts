import type { EncodedFrame, Encoding } from "@parley/protocol";

/** Plain requests to one server, signed in as one account. */
export interface Http {
  /** Starts a request at once. Its content type is `application/ENCODING`. */
  post(path: string, encoding: Encoding, body: EncodedFrame): HttpCall;
}

export interface HttpCall {
  /** Rejects when there was no answer, or after `cancel`. */
  readonly answer: Promise<HttpAnswer>;
  /** The answer, or the rest of it, is of no interest any more. */
  cancel(): void;
}

/** As `fetch` gives it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
  text(): Promise<string>;
}
