import { blockedConversation, whileBlocked } from "@parley/log";
import type { AccountPreferences, BlockedSet, Entry } from "@parley/protocol";
import type { StoredBlocked, StoredBlocks, StoredHidden } from "../ports/client-store.ts";
import { type Hidden, hiddenAfterBlock, isHidden } from "./account-hidden.ts";
import { isOpenIn, type Pending } from "./pending.ts";

/** Somebody whom one blocks. */
export interface Blocked {
  readonly account: string;
  /** The direct conversation. */
  readonly conversation: string;
  /** There, what the person wrote up to this seq is drawn as ever. */
  readonly seq: number;
  /** The server's clock. */
  readonly at: number;
}

/** Whom the account blocks, with what the outbox is to change. */
export interface Blocks {
  /** The account head as of which the log says so; 0 if nothing was ever told. */
  readonly asOf: number;
  /** The one blocked last comes last. */
  readonly people: readonly Blocked[];
  /** Those of whom the account's log says so: also while it waits that one is blocked no more, what came meanwhile stays hidden. */
  readonly inLog: readonly StoredBlocked[];
}

export const nobodyBlocked: Blocks = { asOf: 0, people: [], inLog: [] };

/** Whom it blocks after an event; what was never told stays unknown. */
export function blockedAfter(
  stored: StoredBlocks | undefined,
  { account, blocked, conversation, ordinal, seq }: BlockedSet,
  at: number,
  asOf: number,
): StoredBlocks | undefined {
  if (stored === undefined) return undefined;
  const others = stored.people.filter((one) => one.account !== account);
  return { asOf, people: blocked ? [...others, { account, conversation, ordinal, seq, at }] : others };
}

/** What stays hidden of what came while somebody was blocked. */
export function hiddenOnceUnblocked(
  stored: readonly StoredHidden[] | undefined,
  { conversation, hidden }: BlockedSet,
  asOf: number,
): readonly StoredHidden[] | undefined {
  return hidden === undefined ? stored : hiddenAfterBlock(stored, conversation, hidden, asOf);
}

export function blockedTold({ blocked }: AccountPreferences, asOf: number): StoredBlocks {
  const people = blocked.map(({ account, conversation, ordinal, seq, blockedAt: at }) => {
    return { account, conversation, ordinal, seq, at };
  });
  return { asOf, people };
}

/** With what is not part of the account log that the device holds: of that nobody knows yet where in the conversation it begins. */
export function blocksWith(
  stored: StoredBlocks | undefined,
  owner: string,
  accountHead: number,
  commands: readonly Pending[],
): Blocks {
  const { asOf, people: inLog } = stored ?? { asOf: 0, people: [] };
  let people: readonly Blocked[] = inLog;
  for (const pending of commands) {
    const { body, sentAt: at } = pending.command;
    if (body.case !== "setBlocked" || !isOpenIn(pending, accountHead)) continue;
    const { account, blocked } = body.value;
    const isKnown = people.some((one) => one.account === account);
    if (!blocked) people = people.filter((one) => one.account !== account);
    else if (!isKnown) {
      const conversation = blockedConversation(owner, account);
      people = [...people, { account, conversation, seq: Number.POSITIVE_INFINITY, at }];
    }
  }
  return { asOf, people, inLog };
}

/** What one does not want to see of a conversation, with what blocked people do there. */
export function withBlocks(hidden: Hidden, conversation: string, { asOf, people, inLog }: Blocks): Hidden {
  const blocked = new Map(people.map((one) => [one.account, one.conversation === conversation ? one.seq : 0]));
  const cut = inLog.find((one) => one.conversation === conversation);
  const { runs, unlistedUpTo } = cut === undefined ? hidden : whileBlocked(hidden, cut);
  const blockedInLog = new Set(inLog.map(({ account }) => account));
  return { ...hidden, runs, unlistedUpTo, asOf: Math.max(hidden.asOf, asOf), blocked, blockedInLog, cut };
}

/** Whether a message is drawn folded: somebody who is blocked wrote it; in the conversation with them, since they were. */
export function isFolded({ blocked }: Pick<Hidden, "blocked">, entry: Entry): boolean {
  if (blocked.size === 0 || entry.body.case !== "message") return false;
  return entry.contentRev > (blocked.get(entry.author) ?? Number.POSITIVE_INFINITY);
}

/** Hidden, or folded: neither says what is new in a conversation. */
export function isLeftOut(hidden: Hidden, entry: Entry): boolean {
  return isHidden(hidden, entry) || isFolded(hidden, entry);
}
