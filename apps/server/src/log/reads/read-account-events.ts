import type { AccountEvent } from "@parley/protocol";
import type { LogSnapshot } from "../log-snapshot.ts";

const ACCOUNT_EVENTS_PER_READ = 1_000;

/** All of them: a device that lacks one in the middle would never ask for it. */
export async function readAccountEvents(
  snapshot: LogSnapshot,
  account: string,
  after: number,
): Promise<AccountEvent[]> {
  const events: AccountEvent[] = [];
  for (;;) {
    const part = await snapshot.accountEvents(account, events.at(-1)?.seq ?? after, ACCOUNT_EVENTS_PER_READ);
    events.push(...part);
    if (part.length < ACCOUNT_EVENTS_PER_READ) return events;
  }
}
