import type { Encoding } from "@parley/protocol";
import type { Clock } from "../connection/clock.ts";
import type { Visitor } from "../connection/visitor.ts";
import { type Peer, Poll } from "./poll.ts";

/** How often every poll is looked at. */
const CHECK_EVERY_MS = 5_000;
/** Polls that have ended and may still be asked how. Who asks too late begins anew, as after a restart. */
const ENDED_AT_MOST = 256;

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
  #checking = false;

  constructor(ports: PollsPorts) {
    this.#ports = ports;
  }

  /** One that is more than its account may have has ended already. */
  open(visitor: Visitor, encoding: Encoding): Poll {
    const { connections, clock, mintId } = this.#ports;
    const poll = new Poll(mintId(), encoding, visitor.session, clock, (ended) => this.#keepEnded(ended));
    this.#open.set(poll.id, poll);
    poll.attach(connections.open(poll, visitor));
    if (poll.ended) this.#forget(poll);
    else this.#keepChecking();
    return poll;
  }

  /** A poll of this session: nobody else learns that it exists. */
  find(id: string, session: string): Poll | undefined {
    const poll = this.#open.get(id);
    return poll?.session === session ? poll : undefined;
  }

  /** The device has left. */
  leave(poll: Poll): void {
    this.#forget(poll);
    poll.lost();
  }

  #keepEnded(poll: Poll): void {
    this.#ended.add(poll);
    if (this.#ended.size <= ENDED_AT_MOST) return;
    for (const oldest of this.#ended) {
      this.#forget(oldest);
      return;
    }
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
