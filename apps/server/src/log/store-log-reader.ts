import { create } from "@bufbuild/protobuf";
import {
  type Answer,
  AnswerSchema,
  type Changes,
  type ChangesRequest,
  ChangesRequestSchema,
  type ConversationStatus,
  EntriesResponseSchema,
  type Entry,
  type InviteRequest,
  type MentionsRequest,
  type PageRequest,
  type PictureRequest,
  type ReceiptsRequest,
  ReminderSchema,
  type Reset,
  type VersionsRequest,
} from "@parley/protocol";
import { verdictOf } from "../executor/ruling.ts";
import type { Breather } from "./breather.ts";
import { type EncodedCatchUp, encodedCatchUp } from "./encoded-catch-up.ts";
import type { Attendance, Authorship, CatchUpRequest, LastSeen, LogReader, RoomRecord, Run } from "./log-reader.ts";
import type { LogSnapshot } from "./log-snapshot.ts";
import type { SnapshotSource } from "./log-store.ts";
import { readAccountEvents } from "./reads/read-account-events.ts";
import { readChanges, readState } from "./reads/read-changes.ts";
import { readConversations } from "./reads/read-conversations.ts";
import { readDrafts } from "./reads/read-drafts.ts";
import { readInvite } from "./reads/read-invite.ts";
import { readMembership } from "./reads/read-membership.ts";
import { readMentions } from "./reads/read-mentions.ts";
import { readPage } from "./reads/read-page.ts";
import { readPicture } from "./reads/read-picture.ts";
import { readReceipts } from "./reads/read-receipts.ts";
import { readProfiles, readReset, readStatus } from "./reads/read-reset.ts";
import { readVersions } from "./reads/read-versions.ts";
import type { DeviceRecord, Membership } from "./records.ts";
import type { Sight } from "./sight.ts";

/** So many rooms are read before other work has a turn. */
const ROOMS_PER_BREATH = 32;

/** Rows are left out rather than outgrow a frame. */
const ENTRIES_BYTES = 256 * 1024;

/** The reader of logs on a store: each call is one snapshot. */
export class StoreLogReader implements LogReader {
  readonly #source: SnapshotSource;
  readonly #sight: Sight;
  readonly #breathe: Breather;

  constructor(source: SnapshotSource, sight: Sight, breathe: Breather = async () => undefined) {
    this.#source = source;
    this.#sight = sight;
    this.#breathe = breathe;
  }

  incarnation() {
    return this.#source.read((snapshot) => snapshot.incarnation());
  }

  page(viewer: string, request: PageRequest) {
    return this.#asMember(viewer, request.conversation, (snapshot, membership) =>
      readPage(snapshot, this.#sight, this.#sight.viewpointOf(membership), request),
    );
  }

  changes(viewer: string, { conversation, since }: ChangesRequest): Promise<Changes | Reset | undefined> {
    return this.#asMember(viewer, conversation, async (snapshot, membership) => {
      const viewpoint = this.#sight.viewpointOf(membership);
      const changes = since && (await readChanges(snapshot, this.#sight, membership, viewpoint, since));
      if (changes === undefined) return this.#reset(snapshot, membership);
      const fresh = changes.state?.members.filter((member) => member.rev > changes.from) ?? [];
      changes.profiles = await readProfiles(
        snapshot,
        fresh.map((member) => member.account),
      );
      return changes;
    });
  }

  async catchUp(viewer: string, { conversation, since }: CatchUpRequest): Promise<EncodedCatchUp | undefined> {
    const held = since === undefined ? {} : { since: { conversation, seq: since.seq, tag: since.tag } };
    const read = await this.changes(viewer, create(ChangesRequestSchema, { conversation, ...held }));
    return read && encodedCatchUp(read);
  }

  reset(viewer: string, conversation: string) {
    return this.#asMember(viewer, conversation, (snapshot, membership) => this.#reset(snapshot, membership));
  }

  entries(viewer: string, conversation: string, ids: readonly string[]) {
    return this.#asMember(viewer, conversation, async (snapshot, membership) => {
      const viewpoint = this.#sight.viewpointOf(membership);
      const entries: Entry[] = [];
      let left = ENTRIES_BYTES;
      for (const id of new Set(ids)) {
        const found = await snapshot.entry(conversation, id);
        const seen = found && this.#sight.asSeenBy(viewpoint.intervals, found.entry);
        if (found === undefined || seen === undefined) continue;
        if (found.bytes > left && entries.length > 0) break;
        left -= found.bytes;
        entries.push(seen);
      }
      return create(EntriesResponseSchema, { asOf: viewpoint.head, entries });
    });
  }

  receipts(viewer: string, { conversation, message }: ReceiptsRequest) {
    return this.#asMember(viewer, conversation, (snapshot, membership) =>
      readReceipts(snapshot, this.#sight, membership, message),
    );
  }

  versions(viewer: string, request: VersionsRequest) {
    return this.#asMember(viewer, request.conversation, (snapshot, membership) =>
      readVersions(snapshot, this.#sight, membership, request),
    );
  }

  picture(viewer: string, request: PictureRequest) {
    return this.#asMember(viewer, request.conversation, (snapshot, membership) =>
      readPicture(snapshot, this.#sight, membership, request.picture),
    );
  }

  invite(viewer: string, request: InviteRequest, now: number) {
    return this.#source.read((snapshot) => readInvite(snapshot, viewer, request, now));
  }

  mentions(viewer: string, request: MentionsRequest) {
    return this.#source.read(async (snapshot) => {
      const { conversation } = request;
      const own = conversation === "" ? await snapshot.memberships(viewer) : [];
      const one = conversation === "" ? undefined : await readMembership(snapshot, viewer, conversation);
      if (conversation !== "" && one === undefined) return undefined;
      const memberships = one === undefined ? [] : [one];
      for (const membership of own) {
        // Who follows a thread no more reads on in it as a member of its parent.
        const { id, parent } = membership.conversation;
        memberships.push(parent === "" ? membership : ((await readMembership(snapshot, viewer, id)) ?? membership));
      }
      return readMentions(snapshot, this.#sight, memberships, request, this.#breathe);
    });
  }

  verdicts(account: string, log: string, ids: readonly string[]) {
    return this.#source.read(async (snapshot) => {
      const answers: Answer[] = [];
      for (const id of new Set(ids)) {
        const record = await snapshot.verdict(log, id);
        if (record?.account !== account) continue;
        answers.push(create(AnswerSchema, { id, outcome: { case: "verdict", value: verdictOf(log, record) } }));
      }
      return answers;
    });
  }

  conversation(viewer: string, conversation: string) {
    return this.#asMember(viewer, conversation, readState);
  }

  conversations(viewer: string, limit: number, cursor: string) {
    return this.#source.read((snapshot) =>
      readConversations(snapshot, this.#sight, viewer, limit, cursor, this.#breathe),
    );
  }

  attendance(account: string): Promise<Attendance> {
    return this.#source.read(async (snapshot) => {
      const attended = await snapshot.attended(account);
      const present = attended.filter((one) => one.present).map(({ conversation }) => conversation);
      const { head: accountHead, prefers } = await snapshot.accountLog(account);
      const draftHead = await snapshot.draftHead(account);
      const privacy = await snapshot.privacy(account);
      const hidden = prefers ? await snapshot.allHidden(account) : [];
      const blocked = prefers ? await blockedBy(snapshot, account) : [];
      const former = present.length < attended.length && (await snapshot.hasParted(account));
      return { accountHead, prefers, hidden, blocked, draftHead, privacy, present, former };
    });
  }

  rooms(conversations: readonly string[]): Promise<readonly (RoomRecord | undefined)[]> {
    return this.#source.read(async (snapshot) => {
      const rooms: (RoomRecord | undefined)[] = [];
      for (const conversation of conversations) {
        rooms.push(await snapshot.room(conversation));
        if (rooms.length % ROOMS_PER_BREATH === 0) await this.#breathe();
      }
      return rooms;
    });
  }

  authorships(runs: readonly Run[]): Promise<readonly (readonly Authorship[])[]> {
    return this.#source.read(async (snapshot) => {
      const found: (readonly Authorship[])[] = [];
      for (const { conversation, from, to } of runs) {
        found.push(await snapshot.authorships(conversation, from, to));
        if (found.length % ROOMS_PER_BREATH === 0) await this.#breathe();
      }
      return found;
    });
  }

  formerStatuses(account: string) {
    return this.#source.read(async (snapshot) => {
      const accountHead = await snapshot.accountHead(account);
      const statuses: ConversationStatus[] = [];
      for (const membership of await snapshot.memberships(account)) {
        // A thread that is followed no more may be read on, or asked for: it is not told of.
        if (membership.member.present || membership.conversation.parent !== "") continue;
        statuses.push(await this.#status(snapshot, membership, accountHead));
      }
      return statuses;
    });
  }

  readState(account: string, conversation: string) {
    return this.#asMember(account, conversation, async (snapshot, membership) => {
      const status = await this.#status(snapshot, membership, await snapshot.accountHead(account));
      return status.read;
    });
  }

  accountEvents(account: string, after: number) {
    return this.#source.read((snapshot) => readAccountEvents(snapshot, account, after));
  }

  preferences(account: string) {
    return this.#source.read(async (snapshot) => {
      const accountHead = await snapshot.accountHead(account);
      return {
        accountHead,
        conversations: await snapshot.preferences(account),
        saved: await snapshot.saved(account),
        hidden: await snapshot.allHidden(account),
        scheduled: (await snapshot.scheduled(account)).map(({ message }) => message),
        blocked: await snapshot.blockedPeople(account),
        reminders: (await snapshot.reminders(account)).map(({ reminder }) => create(ReminderSchema, reminder)),
      };
    });
  }

  drafts(account: string, after: number) {
    return this.#source.read((snapshot) => readDrafts(snapshot, account, after));
  }

  acquaintances(account: string) {
    return this.#source.read((snapshot) => snapshot.acquaintances(account));
  }

  profiles(accounts: readonly string[]) {
    return this.#source.read((snapshot) => readProfiles(snapshot, accounts));
  }

  findPeople(prefix: string, limit: number) {
    return this.#source.read((snapshot) => snapshot.findPeople(prefix, limit));
  }

  lastSeen(accounts: readonly string[]) {
    return this.#source.read(async (snapshot) => {
      const seen: LastSeen[] = [];
      for (const account of accounts) {
        const known = { privacy: await snapshot.privacy(account), blocked: await blockedBy(snapshot, account) };
        seen.push({ account, at: await snapshot.lastSeen(account), ...known });
        if (seen.length % ROOMS_PER_BREATH === 0) await this.#breathe();
      }
      return seen;
    });
  }

  devices(account: string) {
    return this.#source.read(async (snapshot) => (await snapshot.openDevices(account)).map(shownDevice));
  }

  device(id: string) {
    return this.#source.read((snapshot) => snapshot.device(id));
  }

  deviceOf(session: string) {
    return this.#source.read(async (snapshot) => (await snapshot.openDeviceOf(session))?.id);
  }

  openReports(limit: number) {
    return this.#source.read(async (snapshot) => {
      const reports = await snapshot.openReports(limit);
      const named = reports.flatMap(({ reporter, messages }) => [reporter, ...messages.map(({ author }) => author)]);
      return { reports, people: await readProfiles(snapshot, [...new Set(named)]) };
    });
  }

  close() {
    return this.#source.close();
  }

  async #reset(snapshot: LogSnapshot, membership: Membership): Promise<Reset> {
    const viewpoint = this.#sight.viewpointOf(membership);
    const status = await this.#status(snapshot, membership, await snapshot.accountHead(viewpoint.account));
    const reset = await readReset(snapshot, this.#sight, membership, viewpoint, status);
    const people = reset.state?.members.map((member) => member.account) ?? [];
    reset.profiles = await readProfiles(snapshot, people);
    return reset;
  }

  #status(snapshot: LogSnapshot, membership: Membership, accountHead: number): Promise<ConversationStatus> {
    return readStatus(snapshot, membership, this.#sight.viewpointOf(membership), accountHead, this.#breathe);
  }

  #asMember<T>(
    viewer: string,
    conversation: string,
    work: (snapshot: LogSnapshot, membership: Membership) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#source.read(async (snapshot) => {
      const membership = await readMembership(snapshot, viewer, conversation);
      return membership === undefined ? undefined : work(snapshot, membership);
    });
  }
}

async function blockedBy(snapshot: LogSnapshot, account: string): Promise<readonly string[]> {
  return (await snapshot.blockedPeople(account)).map((person) => person.account);
}

function shownDevice({ id, name, createdAt, lastSeenAt }: DeviceRecord) {
  return { $typeName: "parley.v1.Device" as const, id, name, createdAt, lastSeenAt };
}
