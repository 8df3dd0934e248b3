import { limits } from "@parley/protocol";

/** Who is typing where: leases that run out by themselves, counted from when they were received. */
export type TypingLeases = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const nobodyTypes: TypingLeases = new Map();

/** Begins, renews or ends a lease. */
export function noteTyping(
  leases: TypingLeases,
  conversation: string,
  account: string,
  active: boolean,
  now: number,
): TypingLeases {
  const here = new Map(leases.get(conversation));
  if (active) here.set(account, now + limits.typingLeaseMs);
  else if (!here.delete(account)) return leases;
  return withConversation(leases, conversation, here);
}

/** Without the leases that have run out by `now`. The same object if there are none. */
export function expireTyping(leases: TypingLeases, now: number): TypingLeases {
  let result = leases;
  for (const [conversation, here] of leases) {
    const valid = new Map([...here].filter(([, until]) => until > now));
    if (valid.size < here.size) result = withConversation(result, conversation, valid);
  }
  return result;
}

/** When the next lease runs out. */
export function nextExpiry(leases: TypingLeases): number | undefined {
  let next: number | undefined;
  for (const here of leases.values()) {
    for (const until of here.values()) next = next === undefined ? until : Math.min(next, until);
  }
  return next;
}

/** Accounts that are typing, in the order in which they began. */
export function typingIn(leases: TypingLeases, conversation: string): readonly string[] {
  return [...(leases.get(conversation)?.keys() ?? [])];
}

function withConversation(leases: TypingLeases, conversation: string, here: ReadonlyMap<string, number>): TypingLeases {
  const result = new Map(leases);
  if (here.size === 0) result.delete(conversation);
  else result.set(conversation, here);
  return result;
}
