import { create } from "@bufbuild/protobuf";
import { presentMembers } from "@parley/log";
import {
  type Conversation,
  type ConversationStatus,
  ConversationStatusSchema,
  limits,
  type MemberMark,
  MemberMarkSchema,
  type Profile,
  type Reset,
  ResetSchema,
} from "@parley/protocol";
import type { Breather } from "../breather.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import { marksTold } from "../member-marks.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";
import { unreadAfter } from "../unread-count.ts";
import type { Viewpoint } from "../viewpoint.ts";
import { readState } from "./read-changes.ts";
import { readPage } from "./read-page.ts";

const NEWEST_ENTRIES = 30;

/** A fresh start on one conversation. */
export async function readReset(
  snapshot: LogSnapshot,
  sight: Sight,
  membership: Membership,
  viewpoint: Viewpoint,
  status: ConversationStatus,
): Promise<Reset> {
  const newest = { cursor: { case: undefined }, limit: NEWEST_ENTRIES } as const;
  const state = await readState(snapshot, membership);
  return create(ResetSchema, {
    status,
    state,
    newest: await readPage(snapshot, sight, viewpoint, newest),
    marks: await readMarks(snapshot, viewpoint, state),
  });
}

const nothingUnread = { unread: 0, mentions: 0 };

/** The conversation as the viewer finds it. */
export async function readStatus(
  snapshot: LogSnapshot,
  membership: Membership,
  viewpoint: Viewpoint,
  accountAsOf: number,
  breathe: Breather,
): Promise<ConversationStatus> {
  const { conversation, head, tag, entryHead } = viewpoint;
  const { delivered, read } = membership;
  const counts = read < entryHead ? await unreadAfter(snapshot, viewpoint, read, breathe) : nothingUnread;
  return create(ConversationStatusSchema, {
    head: { conversation, seq: head, tag },
    entryHead,
    read: { conversation, delivered, read, ...counts, asOf: head, accountAsOf },
  });
}

export async function readProfiles(snapshot: LogSnapshot, accounts: Iterable<string>): Promise<Profile[]> {
  const profiles: Profile[] = [];
  for (const account of new Set(accounts)) {
    const profile = await snapshot.profile(account);
    if (profile !== undefined) profiles.push(profile);
  }
  return profiles;
}

/** In small conversations everybody is told everybody's marks, as long as one is a member. */
async function readMarks(
  snapshot: LogSnapshot,
  { conversation, account, intervals }: Viewpoint,
  state: Conversation,
): Promise<MemberMark[]> {
  if (intervals.at(-1)?.to !== 0) return [];
  if (presentMembers(state).length > limits.memberMarksUpTo) return [];
  const { hidesReads } = await snapshot.privacy(account);
  const others = (await snapshot.marks(conversation)).filter((mark) => mark.account !== account);
  return others.map((mark) =>
    create(MemberMarkSchema, { conversation, account: mark.account, ...marksTold(mark, hidesReads) }),
  );
}
