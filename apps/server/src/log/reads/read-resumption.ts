import type { AccountEvent, Changes, ConversationStatus, Head, Hello, Reset } from "@parley/protocol";
import type { Breather } from "../breather.ts";
import type { Resumption } from "../log-reader.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";
import { readChanges } from "./read-changes.ts";
import { readReset, readStatus } from "./read-reset.ts";

const ACCOUNT_EVENTS_PER_READ = 1_000;

/** How many conversations are read before other work has a turn. */
const CATCH_UPS_PER_BREATH = 8;

/** What a device needs to be up to date. Conversations whose heads are equal cost no further read, unless something in them is unread. */
export async function readResumption(
  snapshot: LogSnapshot,
  sight: Sight,
  account: string,
  hello: Hello,
  breathe: Breather,
): Promise<Resumption> {
  const accountHead = await snapshot.accountHead(account);
  const sameHistory = hello.incarnation === (await snapshot.incarnation());
  const held = new Map(sameHistory ? hello.heads.map((head) => [head.conversation, head]) : []);
  const conversations: ConversationStatus[] = [];
  const catchUps: (Changes | Reset)[] = [];
  for (const membership of await snapshot.memberships(account)) {
    const viewpoint = sight.viewpointOf(membership);
    const status = await readStatus(snapshot, membership, viewpoint, accountHead);
    conversations.push(status);
    const head = held.get(viewpoint.conversation);
    if (head?.seq === viewpoint.head && head.tag === viewpoint.tag) continue;
    catchUps.push(await catchUp(snapshot, sight, membership, status, head));
    if (catchUps.length % CATCH_UPS_PER_BREATH === 0) await breathe();
  }
  return {
    accountHead,
    accountEvents: sameHistory ? await accountEventsAfter(snapshot, account, hello.accountHead) : [],
    conversations,
    profiles: await snapshot.acquaintances(account),
    catchUps,
  };
}

/** All of them: a device that lacks one in the middle would never ask for it. */
async function accountEventsAfter(snapshot: LogSnapshot, account: string, head: number): Promise<AccountEvent[]> {
  const events: AccountEvent[] = [];
  for (;;) {
    const part = await snapshot.accountEvents(account, events.at(-1)?.seq ?? head, ACCOUNT_EVENTS_PER_READ);
    events.push(...part);
    if (part.length < ACCOUNT_EVENTS_PER_READ) return events;
  }
}

async function catchUp(
  snapshot: LogSnapshot,
  sight: Sight,
  membership: Membership,
  status: ConversationStatus,
  head: Head | undefined,
): Promise<Changes | Reset> {
  const viewpoint = sight.viewpointOf(membership);
  const changes = head === undefined ? undefined : await readChanges(snapshot, sight, membership, viewpoint, head);
  return changes ?? (await readReset(snapshot, sight, membership, viewpoint, status));
}
