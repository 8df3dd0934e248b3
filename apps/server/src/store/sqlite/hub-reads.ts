import type { EncodedCatchUp } from "../../log/encoded-catch-up.ts";
import type {
  Attendance,
  Authorship,
  CatchUpRequest,
  LogReader,
  OrdinalSpan,
  RoomMember,
  RoomRecord,
  Run,
} from "../../log/log-reader.ts";
import { everything } from "../rows/member-row.ts";

/** What the hub reads for those who come. When everybody comes back at once these are most of all reads. */
export type HubReads = Pick<LogReader, "attendance" | "rooms" | "authorships" | "catchUp">;

/** A read, as it is asked for. */
export type HubRead =
  | { readonly method: "attendance"; readonly account: string }
  | { readonly method: "rooms"; readonly conversations: readonly string[] }
  | { readonly method: "authorships"; readonly runs: readonly Run[] }
  | { readonly method: "catchUp"; readonly viewer: string; readonly request: CatchUpRequest };

const nobody: readonly string[] = [];

/** What was read, as one text or frame, which threads hand each other whole: a clone makes each of thousands of small objects twice. */
export type HubFinding = string | EncodedCatchUp | undefined;

export async function readForHub(reader: HubReads, read: HubRead): Promise<HubFinding> {
  switch (read.method) {
    case "attendance":
      return JSON.stringify(await reader.attendance(read.account));
    case "rooms":
      return JSON.stringify((await reader.rooms(read.conversations)).map((room) => room && roomRow(room)));
    case "authorships":
      return JSON.stringify((await reader.authorships(read.runs)).map((found) => found.map(authorshipRow)));
    case "catchUp":
      return reader.catchUp(read.viewer, read.request);
  }
}

export function attendanceOf(text: string): Attendance {
  return JSON.parse(text);
}

export function roomsOf(text: string): (RoomRecord | undefined)[] {
  const rows: readonly (RoomRow | null)[] = JSON.parse(text);
  return rows.map((row) => (row === null ? undefined : roomOf(row)));
}

export function authorshipsOf(text: string): Authorship[][] {
  const rows: readonly (readonly AuthorshipRow[])[] = JSON.parse(text);
  return rows.map((found) => found.map(authorshipOf));
}

type RoomRow = readonly [
  id: string,
  head: number,
  tag: number,
  entryHead: number,
  activeAt: number,
  members: readonly MemberRow[],
  waitsFor?: string,
];
/** Most members may see everything: that is 0. */
type MemberRow = readonly [
  account: string,
  present: boolean,
  delivered: number,
  read: number,
  shown: number,
  spans: 0 | readonly OrdinalSpan[],
];
/** Most messages mention nobody. */
type AuthorshipRow = readonly [
  ordinal: number,
  author: string,
  deleted: boolean,
  contentRev: number,
  mentions?: readonly string[],
];

function roomRow({ conversation, head, tag, entryHead, activeAt, members, waitsFor }: RoomRecord): RoomRow {
  const row = [conversation, head, tag, entryHead, activeAt, members.map(memberRow)] as const;
  return waitsFor === undefined ? row : [...row, waitsFor];
}

function roomOf([conversation, head, tag, entryHead, activeAt, members, waitsFor]: RoomRow): RoomRecord {
  const room = { conversation, head, tag, entryHead, activeAt, members: members.map(memberOf) };
  return waitsFor === undefined ? room : { ...room, waitsFor };
}

function memberRow({ account, present, delivered, read, shown, spans }: RoomMember): MemberRow {
  return [account, present, delivered, read, shown, spans === everything ? 0 : spans];
}

function memberOf([account, present, delivered, read, shown, spans]: MemberRow): RoomMember {
  return { account, present, spans: spans === 0 ? everything : spans, delivered, read, shown };
}

function authorshipRow({ ordinal, author, deleted, contentRev, mentions }: Authorship): AuthorshipRow {
  return mentions.length === 0
    ? [ordinal, author, deleted, contentRev]
    : [ordinal, author, deleted, contentRev, mentions];
}

function authorshipOf([ordinal, author, deleted, contentRev, mentions = nobody]: AuthorshipRow): Authorship {
  return { ordinal, author, deleted, contentRev, mentions };
}
