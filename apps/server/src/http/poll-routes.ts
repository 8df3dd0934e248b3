import { create } from "@bufbuild/protobuf";
import {
  closeCodeOf,
  type EncodedFrame,
  type Encoding,
  encodeBatch,
  encodeServerFrame,
  framesIn,
  ProblemCode,
  ServerFrameSchema,
} from "@parley/protocol";
import type { Accounts } from "../accounts/accounts.ts";
import { AttemptLimiter } from "../accounts/attempt-limiter.ts";
import { Refusal } from "../accounts/refusal.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Clock } from "../connection/clock.ts";
import { problem } from "../connection/problem.ts";
import type { Doorkeeper } from "../entrance/doorkeeper.ts";
import { Turnstile } from "../entrance/turnstile.ts";
import type { Poll } from "../polling/poll.ts";
import type { Polls } from "../polling/polls.ts";
import { type Caller, credentialsOf } from "./caller.ts";
import { weightOf } from "./weight-of-body.ts";

const PATH = "/poll";
const STEP = /^\/poll\/([\w-]{1,64})\/(?:(send|receive)\/([1-9]\d{0,8})|close)$/;
const OPENINGS_AT_ONCE = 8;
/** Requests of one account, of all its devices that poll. */
const REQUESTS_PER_ACCOUNT = { burst: 1_000, refillMs: 5 };

/** A request counts once more for each of these; what it brings is counted besides by the connection. */
const WEIGHED_BYTES = 16 * 1024;

/** Proxies must neither keep an answer nor hold it back. */
const UNKEPT = { "cache-control": "no-store", "x-accel-buffering": "no" };

export interface PollRoutesPorts {
  readonly accounts: Pick<Accounts, "signedIn">;
  /** Calls and tries by address. */
  readonly calls: AttemptLimiter;
  readonly clock: Clock;
  readonly doorkeeper: Doorkeeper;
  readonly polls: Polls;
}

/** Frames over plain HTTP, for devices on whose way WebSockets are blocked. */
export class PollRoutes {
  readonly #ports: PollRoutesPorts;
  readonly #requests: AttemptLimiter;
  readonly #openings: Turnstile;

  constructor(ports: PollRoutesPorts) {
    this.#ports = ports;
    this.#requests = new AttemptLimiter(REQUESTS_PER_ACCOUNT, ports.clock);
    this.#openings = new Turnstile(ports.doorkeeper, OPENINGS_AT_ONCE);
  }

  /** Undefined if the path is none of these. */
  handle(path: string, request: Request, caller: Caller, draining: boolean): Promise<Response> | undefined {
    const step = STEP.exec(path);
    if (step === null && path !== PATH) return undefined;
    if (request.method !== "POST") return Promise.resolve(bare(405, { allow: "POST" }));
    if (step !== null) return this.#step(step, request, caller);
    return draining ? Promise.resolve(bare(503, { "retry-after": "2" })) : this.#open(request, caller);
  }

  async #open(request: Request, caller: Caller): Promise<Response> {
    const encoding = encodingOf(request);
    if (encoding === undefined) return bare(415);
    const credentials = credentialsOf(request.headers, caller.ownPage);
    const signedIn = await this.#openings.pass(() => this.#ports.accounts.signedIn(credentials));
    if (signedIn === undefined) return this.#stranger(encoding, caller);
    const poll = this.#ports.polls.open({ account: signedIn.account, session: signedIn.session }, encoding);
    if (!poll.ended) return bare(200, { "parley-poll": poll.id });
    return received(poll, 1, 429);
  }

  async #step([, id = "", way, number]: RegExpExecArray, request: Request, caller: Caller): Promise<Response> {
    const signedIn = await this.#ports.accounts.signedIn(credentialsOf(request.headers, caller.ownPage));
    if (signedIn === undefined) return this.#stranger(encodingOf(request) ?? "json", caller);
    const wait = secondsToWait(this.#requests, signedIn, request);
    if (wait > 0) return tooMany(wait);
    const poll = this.#ports.polls.find(id, signedIn.session);
    if (poll === undefined) return bare(404);
    if (way === "send") return send(poll, Number(number), request);
    if (way === "receive") return received(poll, Number(number), 200, request.signal);
    this.#ports.polls.leave(poll);
    return bare(204);
  }

  /** Who has no session is counted by address, and told so in the encoding that was asked for. */
  #stranger(encoding: Encoding, { address }: Caller): Response {
    try {
      this.#ports.calls.take(address);
    } catch (error) {
      if (error instanceof Refusal) return tooMany(secondsOf(error));
      throw error;
    }
    const value = problem(ProblemCode.UNAUTHENTICATED, "Sign in first: there is no session, or it has ended.");
    const frame = encodeServerFrame(encoding, create(ServerFrameSchema, { frame: { case: "problem", value } }));
    return batch(encoding, [frame], 401, { "parley-close": String(closeCodeOf(value.code)) });
  }
}

async function send(poll: Poll, number: number, request: Request): Promise<Response> {
  const encoding = encodingOf(request);
  if (encoding === undefined) return bare(415);
  const taken = await poll.take(number, () => framesOf(encoding, request));
  return taken === "taken" ? bare(204, { "parley-batch": String(number) }) : bare(409);
}

async function received(poll: Poll, number: number, status: number, gone?: AbortSignal): Promise<Response> {
  const outcome = await poll.receive(number, gone);
  if (outcome.kind === "refused") return bare(409);
  const headers = { "parley-batch": String(number) };
  if (outcome.kind === "nothing") return bare(204, headers);
  const { frames } = outcome.batch;
  if (outcome.closed === undefined) return batch(poll.encoding, frames, status, headers);
  return batch(poll.encoding, frames, status, { ...headers, "parley-close": String(outcome.closed) });
}

/** The frames of a body; undefined behind them where it does not divide. */
async function framesOf(encoding: Encoding, request: Request): Promise<Iterable<EncodedFrame | undefined>> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (encoding === "proto") return framesIn(bytes);
  try {
    return framesIn(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // Text that is no UTF-8.
    return [undefined];
  }
}

/** How a request writes its frames. */
function encodingOf({ headers }: Request): Encoding | undefined {
  const [type = ""] = (headers.get("content-type") ?? "").split(";");
  if (type.trim() === "application/json") return "json";
  return type.trim() === "application/proto" ? "proto" : undefined;
}

function secondsToWait(requests: AttemptLimiter, { account }: SignedIn, request: Request): number {
  try {
    requests.take(account, weightOf(request, WEIGHED_BYTES));
    return 0;
  } catch (error) {
    if (error instanceof Refusal) return secondsOf(error);
    throw error;
  }
}

function secondsOf({ retryAfterMs }: Refusal): number {
  return Math.max(1, Math.ceil(retryAfterMs / 1_000));
}

function batch(
  encoding: Encoding,
  frames: readonly EncodedFrame[],
  status: number,
  headers: Readonly<Record<string, string>>,
): Response {
  const body = encodeBatch(encoding, frames);
  // Encoded frames always lie in ordinary memory, never in memory shared between threads.
  return new Response(typeof body === "string" ? body : (body as Uint8Array<ArrayBuffer>), {
    status,
    headers: { ...UNKEPT, ...headers, "content-type": `application/${encoding}` },
  });
}

function bare(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...UNKEPT, ...headers } });
}

function tooMany(retryAfterS: number): Response {
  return bare(429, { "retry-after": String(retryAfterS) });
}
