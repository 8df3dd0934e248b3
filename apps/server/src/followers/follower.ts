import type { AccountEvent, Event } from "@parley/protocol";
import type { LogSnapshot } from "../log/log-snapshot.ts";
import type { EventRecord } from "../log/records.ts";

/** Durable work behind the conversation logs. It may be killed at any point: what it did twice was done once. */
export interface Follower {
  /** Names its cursor and its ids; never changes. */
  readonly name: string;
  /** Whether an event gives it work. */
  concerns(event: Event): boolean;
  /** What an event means for account logs. Only called for events that concern it. */
  consequences(snapshot: LogSnapshot, event: EventRecord): Promise<readonly Consequence[]>;
}

/** An event to append to an account's log. */
export interface Consequence {
  readonly account: string;
  readonly body: AccountEvent["body"];
}
