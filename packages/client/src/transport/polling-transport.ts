import { type EncodedFrame, type Encoding, encodeBatch } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Http } from "../ports/http.ts";
import type { Socket, SocketClosed, SocketHandlers, Transport } from "../ports/transport.ts";
import { PatientCall, type PatientOutcome } from "./patient-call.ts";
import { readPollAnswer } from "./poll-answer.ts";

const PATH = "/poll";
/** A batch goes up with frames up to here, and with one frame in any case. */
const BATCH_BYTES = 256 * 1024;
const ANSWERED_WITHIN_MS = 10_000;
/** The server answers by then, with frames or without. */
const RECEIVED_WITHIN_MS = 40_000;
const BROKEN = 1006;

/** The frames of a socket over plain requests (rules POLL of docs/protocol.md). */
export class PollingTransport implements Transport {
  readonly #http: Http;
  readonly #encoding: Encoding;
  readonly #clock: Clock;

  constructor(http: Http, encoding: Encoding, clock: Clock) {
    this.#http = http;
    this.#encoding = encoding;
    this.#clock = clock;
  }

  connect(handlers: SocketHandlers): Socket {
    return new PolledSocket(this.#http, this.#encoding, this.#clock, handlers);
  }
}

class PolledSocket implements Socket {
  readonly encoding: Encoding;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #handlers: SocketHandlers;
  readonly #unsent: EncodedFrame[] = [];
  readonly #calls = new Set<PatientCall>();
  #poll: string | undefined;
  #sending = false;
  #closed = false;

  constructor(http: Http, encoding: Encoding, clock: Clock, handlers: SocketHandlers) {
    this.encoding = encoding;
    this.#http = http;
    this.#clock = clock;
    this.#handlers = handlers;
    void this.#open();
  }

  send(frame: EncodedFrame): void {
    if (this.#closed) return;
    this.#unsent.push(frame);
    void this.#sendAll();
  }

  close(): void {
    if (this.#closed) return;
    this.#stop();
    if (this.#poll !== undefined) this.#sayClosed(this.#poll);
  }

  /** The server would find out by itself; others see sooner that this device is gone. */
  #sayClosed(poll: string): void {
    this.#http.post(`${PATH}/${poll}/close`, this.encoding, this.#nothing).answer.catch(() => undefined);
  }

  /** Tried once: whether there is a way at all is for who asked to know soon. */
  async #open(): Promise<void> {
    const call = this.#http.post(PATH, this.encoding, this.#nothing);
    const stopWaiting = this.#clock.after(ANSWERED_WITHIN_MS, () => call.cancel());
    const answer = await call.answer.then((each) => readPollAnswer(each, this.encoding, 1)).catch(() => undefined);
    stopWaiting();
    // The other way was quicker.
    if (this.#closed && answer?.kind === "opened") this.#sayClosed(answer.poll);
    if (this.#closed) return;
    if (answer?.kind === "batch") this.#received(answer);
    else if (answer?.kind === "opened") this.#begin(answer.poll);
    else this.#fail(answer);
  }

  #begin(poll: string): void {
    this.#poll = poll;
    this.#handlers.opened();
    void this.#receiveAll();
    void this.#sendAll();
  }

  async #receiveAll(): Promise<void> {
    for (let number = 1; !this.#closed; ) {
      const outcome = await this.#call("receive", number, this.#nothing, RECEIVED_WITHIN_MS);
      if (this.#closed) return;
      if (outcome?.kind === "batch") {
        this.#received(outcome);
        number++;
      } else if (outcome?.kind !== "done") this.#fail(outcome);
    }
  }

  #received({ frames, closed }: Extract<PatientOutcome, { readonly kind: "batch" }>): void {
    for (const frame of frames) this.#handlers.received(frame);
    if (closed !== undefined) this.#end({ code: closed });
  }

  #batchesSent = 0;

  /** One batch at a time, so that none overtakes another. */
  async #sendAll(): Promise<void> {
    if (this.#sending || this.#poll === undefined) return;
    this.#sending = true;
    // What is sent in the same turn goes together.
    await undefined;
    while (this.#unsent.length > 0 && !this.#closed) {
      const body = encodeBatch(this.encoding, this.#unsent.splice(0, fitting(this.#unsent)));
      const outcome = await this.#call("send", ++this.#batchesSent, body, ANSWERED_WITHIN_MS);
      if (this.#closed) return;
      if (outcome?.kind === "batch") this.#received(outcome);
      else if (outcome?.kind !== "done") this.#fail(outcome);
    }
    this.#sending = false;
  }

  async #call(way: "send" | "receive", number: number, body: EncodedFrame, withinMs: number): Promise<PatientOutcome> {
    const path = `${PATH}/${this.#poll}/${way}/${number}`;
    const call = new PatientCall(this.#http, this.#clock, { path, encoding: this.encoding, body, number, withinMs });
    this.#calls.add(call);
    const outcome = await call.outcome;
    this.#calls.delete(call);
    return outcome;
  }

  #fail(outcome: PatientOutcome): void {
    this.#end({ code: BROKEN, ...faultOf(outcome) });
  }

  #end(why: SocketClosed): void {
    if (this.#closed) return;
    this.#stop();
    this.#handlers.closed(why);
  }

  #stop(): void {
    this.#closed = true;
    for (const call of this.#calls) call.cancel();
  }

  get #nothing(): EncodedFrame {
    return encodeBatch(this.encoding, []);
  }
}

function faultOf(outcome: PatientOutcome): Omit<SocketClosed, "code"> {
  if (outcome === undefined) return { fault: "unreachable" };
  if (outcome.kind === "foreign") return { fault: "foreign" };
  if (outcome.kind === "later" && outcome.afterMs !== undefined) return { retryAfterMs: outcome.afterMs };
  return {};
}

/** How many of the frames go in one batch. */
function fitting(frames: readonly EncodedFrame[]): number {
  let bytes = 0;
  const over = frames.findIndex(({ length }) => {
    bytes += length;
    return bytes > BATCH_BYTES;
  });
  return over < 0 ? frames.length : Math.max(1, over);
}
