import { create } from "@bufbuild/protobuf";
import {
  type ConversationSummary,
  ConversationSummarySchema,
  type ListConversationsResponse,
  ListConversationsResponseSchema,
  uuidVersion,
} from "@parley/protocol";
import type { Breather } from "../breather.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";
import { readState } from "./read-changes.ts";
import { readPage } from "./read-page.ts";
import { readProfiles, readStatus } from "./read-reset.ts";

const DEFAULT_LIMIT = 50;
const GREATEST_LIMIT = 200;

/** One stretch of the conversations of an account, newest activity first. */
export async function readConversations(
  snapshot: LogSnapshot,
  sight: Sight,
  account: string,
  limit: number,
  cursor: string,
  breathe: Breather,
): Promise<ListConversationsResponse> {
  // A thread that is followed no more is none of them, though it may be read.
  const memberships = (await snapshot.memberships(account)).filter(
    ({ conversation, member }) => member.present || conversation.parent === "",
  );
  const start = cursor === "" ? 0 : startAfter(memberships, cursor);
  const end = start + Math.min(limit === 0 ? DEFAULT_LIMIT : limit, GREATEST_LIMIT);
  const listed = memberships.slice(start, end);
  const accountHead = await snapshot.accountHead(account);
  const conversations: ConversationSummary[] = [];
  for (const membership of listed) conversations.push(await summary(snapshot, sight, membership, accountHead, breathe));
  const people = conversations.flatMap(({ state }) => state?.members.map((member) => member.account) ?? []);
  const last = listed.at(-1);
  return create(ListConversationsResponseSchema, {
    conversations,
    profiles: await readProfiles(snapshot, people),
    nextCursor: last === undefined || end >= memberships.length ? "" : cursorOf(last),
  });
}

async function summary(
  snapshot: LogSnapshot,
  sight: Sight,
  membership: Membership,
  accountHead: number,
  breathe: Breather,
): Promise<ConversationSummary> {
  const viewpoint = sight.viewpointOf(membership);
  const { entries } = await readPage(snapshot, sight, viewpoint, { cursor: { case: undefined }, limit: 1 });
  const [newest] = entries;
  return create(ConversationSummarySchema, {
    status: await readStatus(snapshot, membership, viewpoint, accountHead, breathe),
    state: await readState(snapshot, membership),
    ...(newest === undefined ? {} : { newest }),
  });
}

function recencyOf({ conversation, member }: Membership): number {
  return member.parting?.at ?? conversation.activeAt;
}

function cursorOf(membership: Membership): string {
  return `${recencyOf(membership)}_${membership.conversation.id}`;
}

const CURSOR = /^\d{1,16}_(?<id>.{36})$/;

/** Whether a text can be the cursor of a list: empty for its beginning. */
export function isCursor(text: string): boolean {
  return text === "" || uuidVersion(CURSOR.exec(text)?.groups?.["id"] ?? "") !== undefined;
}

/** Index of the first conversation after a cursor; the one that it names may have moved since. */
function startAfter(memberships: readonly Membership[], cursor: string): number {
  const [recency = "", id = ""] = cursor.split("_");
  const at = Number(recency);
  const index = memberships.findIndex((membership) => {
    const other = recencyOf(membership);
    return other < at || (other === at && membership.conversation.id > id);
  });
  return index < 0 ? memberships.length : index;
}
