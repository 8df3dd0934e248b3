import type { EncodedFrame, Encoding } from "@parley/protocol";
import type { Clock } from "../ports/clock.ts";
import type { Http, HttpCall } from "../ports/http.ts";
import { type PollAnswer, readPollAnswer } from "./poll-answer.ts";

/** A request that fails is made again, for no longer than this: then it is the connection that failed. */
const PATIENCE_MS = 6_000;
/** A poll lives no longer: who is to wait for longer is not connected any more. */
const LONGEST_PAUSE_MS = 30_000;
const USUAL_PAUSE_MS = 1_000;
const PAUSES_MS = [0, 250, 500, 1_000] as const;

export interface PatientRequest {
  readonly path: string;
  readonly encoding: Encoding;
  readonly body: EncodedFrame;
  /** Of the batch that is sent or asked for. */
  readonly number: number;
  /** When an answer is not to be expected any more. */
  readonly withinMs: number;
}

/** Undefined when there was no answer at all. */
export type PatientOutcome = PollAnswer | undefined;

/** Makes one request as often as it takes to be answered. To repeat it is safe: batches are numbered. */
export class PatientCall {
  readonly outcome: Promise<PatientOutcome>;
  readonly #http: Http;
  readonly #clock: Clock;
  readonly #request: PatientRequest;
  #cancelled = false;
  #call: HttpCall | undefined;
  #endPause: () => void = () => undefined;

  constructor(http: Http, clock: Clock, request: PatientRequest) {
    this.#http = http;
    this.#clock = clock;
    this.#request = request;
    this.outcome = this.#run();
  }

  /** Resolves the outcome soon, to whatever. */
  cancel(): void {
    this.#cancelled = true;
    this.#call?.cancel();
    this.#endPause();
  }

  async #run(): Promise<PatientOutcome> {
    let failingSince: number | undefined;
    for (let attempt = 0; !this.#cancelled; attempt++) {
      const answer = await this.#once();
      if (this.#cancelled) return undefined;
      if (answer?.kind === "later") {
        if ((answer.afterMs ?? 0) > LONGEST_PAUSE_MS) return answer;
        await this.#pause(answer.afterMs ?? USUAL_PAUSE_MS);
        continue;
      }
      if (answer !== undefined && answer.kind !== "foreign" && answer.kind !== "refused") return answer;
      failingSince ??= this.#clock.elapsed();
      if (this.#clock.elapsed() - failingSince >= PATIENCE_MS) return answer;
      await this.#pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)] ?? 0);
    }
    return undefined;
  }

  async #once(): Promise<PollAnswer | undefined> {
    const { path, encoding, body, number, withinMs } = this.#request;
    const call = this.#http.post(path, encoding, body);
    this.#call = call;
    const stopWaiting = this.#clock.after(withinMs, () => call.cancel());
    try {
      return await readPollAnswer(await call.answer, encoding, number);
    } catch {
      return undefined;
    } finally {
      stopWaiting();
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(ms, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }
}
