import type { Encoding } from "@parley/protocol";
import { Backlogs } from "../connection/backlogs.ts";
import type { Clock } from "../connection/clock.ts";
import type { Visitor } from "../connection/visitor.ts";
import { type Peer, Poll, type PollKeeper } from "./poll.ts";

/** How often every poll is looked at. */
const CHECK_EVERY_MS = 5_000;
/** Polls that have ended and may still be asked how. Who asks too late begins anew, as after a restart. */
const ENDED_AT_MOST = 256;
/** What of them waits to be asked for, together. */
const ENDED_BYTES_AT_MOST = 16 * 1024 * 1024;

export interface PollsPorts {
  readonly connections: { open(poll: Poll, visitor: Visitor): Peer };
  readonly clock: Clock;
  /** An id that nobody guesses. */
  readonly mintId: () => string;
}

/** The devices of this node that poll, each with its connection. */
export class Polls {
  readonly #ports: PollsPorts;
  readonly #open = new Map<string, Poll>();
  /** In the order of their ends. */
  readonly #ended = new Set<Poll>();
  readonly #keeper: PollKeeper = {
    ended: (poll) => this.#keepEnded(poll),
    lagging: (poll) => this.#endSlowest(poll.visitor.account),
  };
  #checking = false;

  constructor(ports: PollsPorts) {
    this.#ports = ports;
  }

  /** One that is more than its account may have has ended already. */
  open(visitor: Visitor, encoding: Encoding): Poll {
    const { connections, clock, mintId } = this.#ports;
    const poll = new Poll(mintId(), encoding, visitor, clock, this.#keeper);
    this.#open.set(poll.id, poll);
    poll.attach(connections.open(poll, visitor));
    if (poll.ended) this.#forget(poll);
    else this.#keepChecking();
    return poll;
  }

  /** A poll of this session: nobody else learns that it exists. */
  find(id: string, session: string): Poll | undefined {
    const poll = this.#open.get(id);
    return poll?.visitor.session === session ? poll : undefined;
  }

  /** The device has left. */
  leave(poll: Poll): void {
    this.#forget(poll);
    poll.lost();
  }

  /** What is kept of those that have ended is little, whoever they belong to. */
  #keepEnded(poll: Poll): void {
    this.#ended.add(poll);
    let count = this.#ended.size;
    let bytes = [...this.#ended].reduce((sum, ended) => sum + ended.waiting(), 0);
    for (const oldest of this.#ended) {
      if (oldest === poll || (count <= ENDED_AT_MOST && bytes <= ENDED_BYTES_AT_MOST)) return;
      count--;
      bytes -= oldest.waiting();
      this.#forget(oldest);
    }
  }

  /** Where more waits for the polls of an account than is kept for all of them together. */
  #endSlowest(account: string): void {
    const backlogs = new Backlogs<Poll>();
    for (const poll of this.#open.values()) {
      if (poll.visitor.account === account && !poll.ended) backlogs.add(account, poll, poll.waiting());
    }
    for (const poll of backlogs.tooMuch()) poll.dismissSoon();
  }

  #forget(poll: Poll): void {
    this.#open.delete(poll.id);
    this.#ended.delete(poll);
  }

  /** One timer for all, and none while nobody polls. */
  #keepChecking(): void {
    if (this.#checking) return;
    this.#checking = true;
    this.#ports.clock.after(CHECK_EVERY_MS, () => {
      this.#checking = false;
      for (const poll of [...this.#open.values()]) if (!poll.check()) this.leave(poll);
      if (this.#open.size > 0) this.#keepChecking();
    });
  }
}
