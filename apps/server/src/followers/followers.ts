import { type AccountEvent, type Event, followerCommandId } from "@parley/protocol";
import { appendAccountEvent } from "../log/append-account-event.ts";
import type { DirtyConversation } from "../log/log-snapshot.ts";
import type { Transactor } from "../log/log-store.ts";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { FollowerOutcome } from "../log/log-writer.ts";
import type { EventRecord } from "../log/records.ts";
import type { WallClock } from "../log/wall-clock.ts";
import type { Consequence, Follower } from "./follower.ts";

const CONVERSATIONS_PER_TURN = 16;
const EVENTS_PER_TURN = 64;

export interface FollowersParts {
  readonly transactor: Transactor;
  readonly clock: WallClock;
  readonly followers: readonly Follower[];
  readonly keepCursor: CursorKeeper;
}

/** Remembers how far a follower is done, in the transaction of its work. */
export type CursorKeeper = (
  transaction: LogTransaction,
  conversation: string,
  follower: string,
  done: number,
) => Promise<void>;

export const keepCursor: CursorKeeper = (transaction, conversation, follower, done) =>
  transaction.putCursor(conversation, follower, done);

type Written = FollowerOutcome["written"][number];

/**
 * Works off dirty conversations. Work, cursor and the end of the dirty row are one transaction, and an id is derived from its cause, so
 * dying at any point loses and repeats nothing.
 */
export class Followers {
  readonly #parts: FollowersParts;

  constructor(parts: FollowersParts) {
    this.#parts = parts;
  }

  /** Whether an event leaves its conversation dirty. */
  concerns(event: Event): boolean {
    return this.#parts.followers.some((follower) => follower.concerns(event));
  }

  /** Works until something was written; empty when nothing is dirty. */
  async follow(): Promise<FollowerOutcome> {
    for (;;) {
      const { written, idle } = await this.#turn();
      if (written.length > 0 || idle) return { written };
    }
  }

  #turn(): Promise<{ written: Written[]; idle: boolean }> {
    return this.#parts.transactor.write(async (transaction) => {
      const written: Written[] = [];
      const dirty = await transaction.dirty(CONVERSATIONS_PER_TURN);
      for (const one of dirty) written.push(...(await this.#followConversation(transaction, one)));
      return { written, idle: dirty.length === 0 };
    });
  }

  async #followConversation(transaction: LogTransaction, { conversation, since, head }: DirtyConversation) {
    const written: Written[] = [];
    let done = true;
    for (const follower of this.#parts.followers) {
      const cursor = await transaction.cursor(conversation, follower.name);
      const after = Math.max(cursor, since - 1);
      const events = await transaction.events(conversation, after, head, EVENTS_PER_TURN);
      for (const record of events) {
        if (follower.concerns(record.event)) written.push(...(await this.#apply(transaction, follower, record)));
      }
      const reached = events.at(-1)?.event.seq ?? head;
      await this.#parts.keepCursor(transaction, conversation, follower.name, reached);
      if (reached < head) done = false;
    }
    if (done) await transaction.clearDirty(conversation);
    return written;
  }

  async #apply(transaction: LogTransaction, follower: Follower, record: EventRecord): Promise<Written[]> {
    const written: Written[] = [];
    for (const consequence of await follower.consequences(transaction, record)) {
      const event = await this.#append(transaction, follower, record, consequence);
      if (event !== undefined) written.push({ account: consequence.account, event });
    }
    return written;
  }

  async #append(
    transaction: LogTransaction,
    follower: Follower,
    { event: cause }: EventRecord,
    { account, body }: Consequence,
  ): Promise<AccountEvent | undefined> {
    const id = followerCommandId(follower.name, cause.id, cause.seq);
    if ((await transaction.verdict(account, id)) !== undefined) return undefined;
    return appendAccountEvent(transaction, account, { id, receivedAt: this.#parts.clock.now(), body });
  }
}
