import { type EncodedFrame, type Encoding, ProblemCode } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Connection } from "../connection/connection.ts";
import { malformed } from "../connection/problem.ts";
import type { Socket } from "../connection/socket.ts";
import type { Visitor } from "../connection/visitor.ts";
import { type Batch, Downstream } from "./downstream.ts";

/** A device that lets this much wait for it is disconnected and resumes from the log, as one on a socket is. */
const WAITING_AT_MOST_BYTES = 4 * 1024 * 1024;
/** Its keeper is told each time that so much more waits. */
const LAG_STEP_BYTES = 64 * 1024;
/** Of what waits when a poll ends, no more than this is kept: the device resumes from the log anyway. */
const KEPT_AT_END_BYTES = 64 * 1024;
/** A request is answered after this, with or without frames: proxies give up on longer ones. Checked every few seconds. */
const ANSWERED_WITHIN_MS = 20_000;
/** A device that asks for nothing for this long is gone. */
const ABSENT_AFTER_MS = 30_000;

export type Received =
  /** `closed` is the close code, in the last batch. */
  | { readonly kind: "batch"; readonly batch: Batch; readonly closed: number | undefined }
  | { readonly kind: "nothing" }
  /** No such batch, or a later request has taken the place of this one. */
  | { readonly kind: "refused" };

export type Taken = "taken" | "early";

/** Who keeps the polls of a node. */
export interface PollKeeper {
  /** The server has ended it. */
  ended(poll: Poll): void;
  /** More waits for it than when this was said last. */
  lagging(poll: Poll): void;
}

/** What takes in what comes up. */
export type Peer = Pick<Connection, "receive" | "refuse" | "lost" | "dismiss">;

interface Waiter {
  readonly number: number;
  readonly until: number;
  readonly answer: (received: Received) => void;
}

/** The socket of a device that polls. Frames go down when it asks, and come up in batches of which each counts once. */
export class Poll implements Socket {
  readonly id: string;
  readonly encoding: Encoding;
  readonly visitor: Visitor;
  readonly #clock: Clock;
  readonly #keeper: PollKeeper;
  readonly #downstream = new Downstream();
  #peer: Peer | undefined;
  /** The last batch that came up. */
  #applied = 0;
  #waiter: Waiter | undefined;
  #askedAt: number;
  #answering = false;
  #dismissed = false;
  /** What waited when the keeper was told last. */
  #lag = 0;
  /** The close code, once it has ended. */
  #closed: number | undefined;

  constructor(id: string, encoding: Encoding, visitor: Visitor, clock: Clock, keeper: PollKeeper) {
    this.id = id;
    this.encoding = encoding;
    this.visitor = visitor;
    this.#clock = clock;
    this.#keeper = keeper;
    this.#askedAt = clock.elapsed();
  }

  attach(peer: Peer): void {
    this.#peer = peer;
  }

  /** Whether the server has ended it. */
  get ended(): boolean {
    return this.#closed !== undefined;
  }

  send(frame: EncodedFrame): boolean {
    if (this.#closed !== undefined) return true;
    this.#downstream.push(frame);
    const { bytes } = this.#downstream;
    if (bytes > WAITING_AT_MOST_BYTES) this.dismissSoon();
    if (bytes >= this.#lag + LAG_STEP_BYTES) {
      this.#lag = bytes;
      this.#keeper.lagging(this);
    }
    this.#answerSoon();
    return true;
  }

  waiting(): number {
    return this.#downstream.bytes;
  }

  close(code: number): void {
    if (this.#closed !== undefined) return;
    this.#closed = code;
    this.#keeper.ended(this);
    if (this.#downstream.bytes > KEPT_AT_END_BYTES) this.#downstream.keepLast();
    this.#answerSoon();
  }

  /** Asks for a batch; resolves when there is one, or after a while without. */
  receive(number: number, gone?: AbortSignal): Promise<Received> {
    this.#askedAt = this.#clock.elapsed();
    if (!this.#downstream.has(number)) return Promise.resolve({ kind: "refused" });
    this.#answer({ kind: "refused" });
    const received = this.#received(number);
    if (received !== undefined) return Promise.resolve(received);
    return new Promise((resolve) => {
      const waiter = { number, until: this.#askedAt + ANSWERED_WITHIN_MS, answer: resolve };
      this.#waiter = waiter;
      // Nobody is there to hear the answer: what comes meanwhile must wait for who asks again.
      gone?.addEventListener("abort", () => this.#waiter === waiter && this.#answer({ kind: "nothing" }));
    });
  }

  /**
   * Takes in a batch that came up, unless it was taken in before.
   *
   * @param read gives its frames; undefined behind them if no more can be told apart
   */
  async take(number: number, read: () => Promise<Iterable<EncodedFrame | undefined>>): Promise<Taken> {
    if (number > this.#applied + 1) return "early";
    if (number <= this.#applied) return "taken";
    const frames = await read();
    // The same batch may have come twice at once.
    if (number <= this.#applied) return "taken";
    this.#applied = number;
    for (const frame of frames) {
      // There may be a million of them, and one too many ends it.
      if (this.ended) break;
      if (frame === undefined) this.#peer?.refuse(malformed("A batch that does not divide into frames."));
      else this.#peer?.receive(frame);
    }
    return "taken";
  }

  /** The device has left, or is gone. */
  lost(): void {
    this.#peer?.lost();
    this.#answer({ kind: "refused" });
  }

  /** To be called every few seconds. Whether the device is still there, or may still ask how it ended. */
  check(): boolean {
    const now = this.#clock.elapsed();
    if (this.#waiter !== undefined && this.#waiter.until <= now) this.#answer({ kind: "nothing" });
    return this.#waiter !== undefined || now - this.#askedAt <= ABSENT_AFTER_MS;
  }

  /** The batch to be given, or that all has been said; undefined if it has to be waited for. */
  #received(number: number): Received | undefined {
    const batch = this.#downstream.take(number);
    this.#lag = Math.min(this.#lag, this.#downstream.bytes);
    const closed = this.#downstream.waiting ? undefined : this.#closed;
    if (batch !== undefined) return { kind: "batch", batch, closed };
    return closed === undefined ? undefined : { kind: "batch", batch: { number, frames: [] }, closed };
  }

  /** In a turn of its own, so that what is sent in one turn leaves in one answer. */
  #answerSoon(): void {
    if (this.#answering || this.#waiter === undefined) return;
    this.#answering = true;
    this.#clock.after(0, () => {
      this.#answering = false;
      const received = this.#waiter && this.#received(this.#waiter.number);
      if (received !== undefined) this.#answer(received);
    });
  }

  /** It reads too slowly. Not at once: who sends to many must not see them leave meanwhile. */
  dismissSoon(): void {
    if (this.#dismissed) return;
    this.#dismissed = true;
    this.#clock.after(0, () => this.#peer?.dismiss(ProblemCode.TOO_SLOW, 0));
  }

  #answer(received: Received): void {
    const waiter = this.#waiter;
    if (waiter === undefined) return;
    this.#waiter = undefined;
    this.#askedAt = this.#clock.elapsed();
    waiter.answer(received);
  }
}
