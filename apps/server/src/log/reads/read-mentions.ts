import { create } from "@bufbuild/protobuf";
import { isMention } from "@parley/log";
import {
  type Entry,
  limits,
  type MentionPlace,
  MentionPlaceSchema,
  type MentionsRequest,
  type MentionsResponse,
  MentionsResponseSchema,
} from "@parley/protocol";
import type { Breather } from "../breather.ts";
import type { LogSnapshot } from "../log-snapshot.ts";
import type { Membership } from "../records.ts";
import type { Sight } from "../sight.ts";
import type { Viewpoint } from "../viewpoint.ts";

/** An answer ends early rather than outgrow a frame. */
const ANSWER_BYTES = 256 * 1024;
/** So many conversations are looked at before other work has a turn. */
const CONVERSATIONS_PER_BREATH = 64;
const LAST = 0xffff_ffff;

/** Where a message stands, and who looks at it. */
interface Candidate extends Omit<MentionPlace, "$typeName"> {
  readonly viewpoint: Viewpoint;
}

/** Messages that mention the viewer, in some of the conversations where it is or was a member. */
export async function readMentions(
  snapshot: LogSnapshot,
  sight: Sight,
  memberships: readonly Membership[],
  { after, limit: asked }: MentionsRequest,
  breathe: Breather,
): Promise<MentionsResponse> {
  const limit = Math.min(Math.max(asked, 1), limits.mentionsPerPage);
  const candidates: Candidate[] = [];
  for (const [index, membership] of memberships.entries()) {
    if (index > 0 && index % CONVERSATIONS_PER_BREATH === 0) await breathe();
    candidates.push(...(await candidatesIn(snapshot, sight.viewpointOf(membership), after, limit + 1)));
  }
  candidates.sort(byPlace);
  const entries: Entry[] = [];
  let taken: Candidate | undefined;
  let left = ANSWER_BYTES;
  for (const candidate of candidates.slice(0, limit)) {
    const found = await mentionAt(snapshot, sight, candidate);
    if (found !== undefined && found.bytes > left && entries.length > 0) break;
    taken = candidate;
    if (found === undefined) continue;
    left -= found.bytes;
    entries.push(found.entry);
  }
  if (taken === undefined || candidates.at(-1) === taken) return create(MentionsResponseSchema, { entries });
  return create(MentionsResponseSchema, { entries, next: placeOf(taken) });
}

async function candidatesIn(
  snapshot: LogSnapshot,
  viewpoint: Viewpoint,
  after: MentionPlace | undefined,
  limit: number,
): Promise<Candidate[]> {
  const { conversation, account: viewer, entryHead: upTo } = viewpoint;
  const from = fromIn(conversation, after);
  const places = await snapshot.mentionPlaces({ conversation, viewer, ...from, upTo, limit });
  return places.map(({ at, ordinal }) => ({ at, conversation, ordinal, viewpoint }));
}

/** The first place of a conversation that comes after a place of any. */
function fromIn(conversation: string, after: MentionPlace | undefined) {
  if (after === undefined) return { at: Number.MAX_VALUE, ordinal: LAST };
  if (conversation === after.conversation) return { at: after.at, ordinal: after.ordinal };
  return { at: after.at, ordinal: conversation < after.conversation ? 0 : LAST };
}

function byPlace(one: Candidate, other: Candidate): number {
  if (one.at !== other.at) return other.at - one.at;
  if (one.conversation !== other.conversation) return one.conversation < other.conversation ? -1 : 1;
  return other.ordinal - one.ordinal;
}

/** Undefined for what the viewer may not see, or sees no more. */
async function mentionAt(snapshot: LogSnapshot, sight: Sight, { conversation, ordinal, viewpoint }: Candidate) {
  const [found] = await snapshot.entries(conversation, ordinal, ordinal);
  const entry = found && sight.asSeenBy(viewpoint.intervals, found.entry);
  if (found === undefined || entry === undefined || !isMention(entry, viewpoint.account)) return undefined;
  return { entry, bytes: found.bytes };
}

function placeOf({ at, conversation, ordinal }: Candidate): MentionPlace {
  return create(MentionPlaceSchema, { at, conversation, ordinal });
}
