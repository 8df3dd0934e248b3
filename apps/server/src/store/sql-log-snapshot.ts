import { create } from "@bufbuild/protobuf";
import { EVERYONE, noHiddenRuns, noPreferences, type Range, type ReminderPlaced } from "@parley/log";
import { limits, PrivacySchema, RequestAnswer, ThreadSummarySchema } from "@parley/protocol";
import type { RoomMember } from "../log/log-reader.ts";
import type { LogSnapshot, MentionRun } from "../log/log-snapshot.ts";
import type { MemberMarks } from "../log/member-marks.ts";
import type { DeviceStanding, DueRecord, MentionRecord, SizedEntry, VerdictRecord } from "../log/records.ts";
import { accountEventOf } from "./rows/account-event-row.ts";
import { blockedPersonOf } from "./rows/blocked-person-row.ts";
import { conversationRecord } from "./rows/conversation-row.ts";
import { deviceRecord } from "./rows/device-row.ts";
import { draftOf } from "./rows/draft-row.ts";
import { dueRecord, dueRow } from "./rows/due-row.ts";
import { entryKind, sizedEntry } from "./rows/entry-row.ts";
import { eventRecord } from "./rows/event-row.ts";
import { hiddenMessagesOf, hiddenRunsOf } from "./rows/hidden-messages-row.ts";
import { readMoves } from "./rows/mark-moves-row.ts";
import { memberRecord, roomMember } from "./rows/member-row.ts";
import { membershipRecord } from "./rows/membership-row.ts";
import { preferencesOf } from "./rows/preferences-row.ts";
import { profileOf, searchKey } from "./rows/profile-row.ts";
import { reactionOf } from "./rows/reaction-row.ts";
import { reminderRecord } from "./rows/reminder-row.ts";
import { reportOf } from "./rows/report-row.ts";
import { savedMessageOf } from "./rows/saved-message-row.ts";
import { scheduledRecord } from "./rows/scheduled-row.ts";
import { versionOf } from "./rows/version-row.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { Statements } from "./statements/statements.ts";
import type { EntriesTable } from "./tables.ts";

export const INCARNATION_KEY = "incarnation";

const nobody: readonly string[] = [];

/** Sorts after every text that continues a prefix. */
const LAST_CHARACTER = "\u{10ffff}";

/** The reads, in SQL. It lives inside a transaction that its maker began. */
export class SqlLogSnapshot implements LogSnapshot {
  protected readonly sql: SqlConnection;
  protected readonly statements: Statements;

  constructor(sql: SqlConnection, statements: Statements) {
    this.sql = sql;
    this.statements = statements;
  }

  async incarnation() {
    const row = await this.sql.first(this.statements.meta.find, { key: INCARNATION_KEY });
    return row?.value ?? "";
  }

  async verdict(log: string, id: string): Promise<VerdictRecord | undefined> {
    const row = await this.sql.first(this.statements.verdict.find, { log, id });
    if (row === undefined) return undefined;
    if (row.seq === 0) {
      return { kind: "rejected", account: row.account ?? "", code: row.code ?? 0, reason: row.reason ?? "" };
    }
    // Most ids are unknown, so the event is not joined but read when it is there.
    const { seq } = row;
    const receipt = await this.sql.first(this.statements.event.receipt, { log, seq });
    if (receipt !== undefined) {
      return { kind: "accepted", account: receipt.author, seq, receivedAt: receipt.received_at };
    }
    // Only an account itself commands its log.
    const event = await this.sql.first(this.statements.account.receivedAt, { account: log, seq });
    return { kind: "accepted", account: log, seq, receivedAt: event?.received_at ?? 0 };
  }

  async conversation(id: string) {
    const row = await this.sql.first(this.statements.conversation.find, { id });
    return row === undefined ? undefined : conversationRecord(row);
  }

  async picture(conversation: string) {
    return (await this.sql.first(this.statements.picture.find, { conversation }))?.bytes;
  }

  async member(conversation: string, account: string) {
    const row = await this.sql.first(this.statements.member.find, { conversation, account });
    return row === undefined ? undefined : memberRecord(row);
  }

  async members(conversation: string) {
    return (await this.sql.all(this.statements.member.all, { conversation })).map(memberRecord);
  }

  async membership(account: string, conversation: string) {
    const row = await this.sql.first(this.statements.membership.find, { account, conversation });
    return row === undefined ? undefined : membershipRecord(row);
  }

  async memberships(account: string) {
    return (await this.sql.all(this.statements.membership.all, { account })).map(membershipRecord);
  }

  async attended(account: string) {
    const rows = await this.sql.all(this.statements.member.attended, { account });
    return rows.map(({ conversation, present }) => ({ conversation, present: present === 1 }));
  }

  async sharesGroup(account: string, other: string) {
    return (await this.sql.first(this.statements.member.sharedGroup, { account, other })) !== undefined;
  }

  async hasParted(account: string) {
    return (await this.sql.first(this.statements.member.former, { account })) !== undefined;
  }

  async room(conversation: string) {
    const row = await this.sql.first(this.statements.conversation.room, { id: conversation });
    if (row === undefined) return undefined;
    const { head, tag, entry_head: entryHead, active_at: activeAt } = row;
    const members = await this.roomMembers(conversation);
    const room = { conversation, head, tag, entryHead, activeAt, members };
    return row.request === 1
      ? { ...room, waitsFor: await this.#waitsFor(conversation, row.created_by, members) }
      : room;
  }

  /** Whom a message request waits for. */
  async #waitsFor(conversation: string, createdBy: string, members: readonly RoomMember[]) {
    const asked = members.find(({ account }) => account !== createdBy)?.account ?? "";
    const { requestAnswer } = (await this.preference(asked, conversation)) ?? noPreferences;
    return requestAnswer === RequestAnswer.ACCEPTED ? undefined : asked;
  }

  async roomMembers(conversation: string) {
    const members = await this.sql.all(this.statements.member.inRoom, { conversation });
    const marks = new Map<string, MemberMarks>();
    for (const row of await this.sql.all(this.statements.mark.inRoom, { conversation })) marks.set(row.account, row);
    return members.map((row) => roomMember(row, marks.get(row.account)));
  }

  async presentMembers(conversation: string) {
    return (await this.sql.all(this.statements.member.present, { conversation })).map((row) => row.account);
  }

  async entry(conversation: string, id: string) {
    const row = await this.sql.first(this.statements.entry.find, { conversation, id });
    return row === undefined ? undefined : (await this.#withReactions(conversation, [row]))[0];
  }

  async entries(conversation: string, from: number, to: number) {
    return this.#withReactions(
      conversation,
      await this.sql.all(this.statements.entry.between, { conversation, from, to }),
    );
  }

  async versions(conversation: string, ordinal: number, before: number) {
    const rows = await this.sql.all(this.statements.version.before, { conversation, ordinal, before });
    return rows.map(versionOf);
  }

  async touched(conversation: string, after: number, to: number, limit: number) {
    const rows = await this.sql.all(this.statements.event.touched, { log: conversation, after, to, limit });
    return rows.map((row) => row.touched);
  }

  async authorships(conversation: string, from: number, to: number) {
    const rows = await this.sql.all(this.statements.entry.authorships, { conversation, from, to });
    const anybody = rows.some(({ kind }) => kind === entryKind.mention);
    const named = anybody ? await this.sql.all(this.statements.mention.between, { conversation, from, to }) : [];
    const mentions = Map.groupBy(named, (row) => row.ordinal);
    return rows.map(({ ordinal, author, kind, content_rev: contentRev }) => ({
      ordinal,
      author,
      deleted: kind === entryKind.deleted,
      contentRev,
      mentions: mentions.get(ordinal)?.map(({ account }) => account) ?? nobody,
    }));
  }

  async countable(conversation: string, viewer: string, from: number, to: number) {
    return (await this.sql.first(this.statements.entry.countable, { conversation, viewer, from, to }))?.count ?? 0;
  }

  async firstUnder(thread: string, parentSeq: number) {
    return (await this.sql.first(this.statements.event.firstUnder, { log: thread, parentSeq }))?.seq;
  }

  async lastOrdinalBefore(conversation: string, seq: number) {
    return (await this.sql.first(this.statements.event.lastMaking, { log: conversation, before: seq }))?.touched ?? 0;
  }

  async threadSummary(thread: string) {
    const counted = await this.sql.first(this.statements.entry.replies, { conversation: thread });
    const last = await this.sql.first(this.statements.entry.lastReply, { conversation: thread });
    const latest = { conversation: thread, limit: limits.threadParticipants };
    return create(ThreadSummarySchema, {
      replies: counted?.count ?? 0,
      lastReplyAt: last?.received_at ?? 0,
      participants: (await this.sql.all(this.statements.entry.latestAuthors, latest)).map(({ author }) => author),
    });
  }

  async following(account: string, parent: string, limit: number) {
    const rows = await this.sql.all(this.statements.member.following, { account, parent, limit });
    return rows.map(({ conversation }) => conversation);
  }

  async mentions(conversation: string, viewer: string, from: number, to: number) {
    const found: MentionRecord[] = [];
    for (const account of [viewer, EVERYONE]) {
      for (const row of await this.sql.all(this.statements.mention.of, { conversation, account, viewer, from, to })) {
        if (row.author !== viewer) found.push({ ordinal: row.ordinal, contentRev: row.content_rev });
      }
    }
    return found;
  }

  async mentionPlaces(run: MentionRun) {
    const found: { readonly at: number; readonly ordinal: number }[] = [];
    for (const account of [run.viewer, EVERYONE]) {
      const rows = await this.sql.all(this.statements.mention.before, { ...run, account });
      for (const row of rows) found.push({ at: row.received_at, ordinal: row.ordinal });
    }
    return found.sort((one, other) => other.at - one.at || other.ordinal - one.ordinal).slice(0, run.limit);
  }

  async eventTag(log: string, seq: number) {
    return (await this.sql.first(this.statements.event.tag, { log, seq }))?.tag;
  }

  async events(log: string, after: number, to: number, limit: number) {
    return (await this.sql.all(this.statements.event.between, { log, after, to, limit })).map(eventRecord);
  }

  async marks(conversation: string) {
    return this.sql.all(this.statements.mark.all, { conversation });
  }

  async markMoves(conversation: string) {
    const rows = await this.sql.all(this.statements.mark.moves, { conversation });
    return new Map(rows.map(({ account, moves }) => [account, readMoves(moves)]));
  }

  async privacy(account: string) {
    const row = await this.sql.first(this.statements.privacy.find, { account });
    return create(PrivacySchema, {
      rev: row?.rev ?? 0,
      hidesReads: row?.hides_reads === 1,
      hidesPresence: row?.hides_presence === 1,
    });
  }

  async profile(account: string) {
    const row = await this.sql.first(this.statements.profile.find, { account });
    return row === undefined ? undefined : profileOf(row);
  }

  async acquaintances(account: string) {
    return (await this.sql.all(this.statements.profile.acquaintances, { account })).map(profileOf);
  }

  async findPeople(prefix: string, limit: number) {
    const from = searchKey(prefix);
    const rows = await this.sql.all(this.statements.profile.findPeople, { from, to: from + LAST_CHARACTER, limit });
    return rows.map(profileOf);
  }

  async standing(account: string, device: string, log: string): Promise<DeviceStanding | undefined> {
    const row = await this.sql.first(this.statements.verdict.last, { account, device, log });
    return row === undefined ? undefined : { open: row.closed_at === 0, last: row.last ?? undefined };
  }

  async device(id: string) {
    const row = await this.sql.first(this.statements.device.find, { id });
    return row === undefined ? undefined : deviceRecord(row);
  }

  async openDevices(account: string) {
    return (await this.sql.all(this.statements.device.open, { account })).map(deviceRecord);
  }

  async lastSeen(account: string) {
    return (await this.sql.first(this.statements.device.lastSeen, { account }))?.at ?? 0;
  }

  async openDeviceOf(session: string) {
    const row = await this.sql.first(this.statements.device.openOfSession, { session });
    return row === undefined ? undefined : deviceRecord(row);
  }

  async accountHead(account: string) {
    return (await this.sql.first(this.statements.account.head, { account }))?.seq ?? 0;
  }

  async accountEvents(account: string, after: number, limit: number) {
    const rows = await this.sql.all(this.statements.account.events, { account, after, limit });
    return rows.map(accountEventOf);
  }

  async accountLog(account: string) {
    const row = await this.sql.first(this.statements.account.state, { account });
    const { prefers, saves, hides, schedules, blocks, reminds } = row ?? {};
    const kept = prefers ?? saves ?? hides ?? schedules ?? blocks ?? reminds ?? null;
    return { head: row?.seq ?? 0, prefers: kept !== null };
  }

  async preference(account: string, conversation: string) {
    const row = await this.sql.first(this.statements.preference.find, { account, conversation });
    return row === undefined ? undefined : preferencesOf(row);
  }

  async preferences(account: string) {
    return (await this.sql.all(this.statements.preference.all, { account })).map(preferencesOf);
  }

  async pinnedCount(account: string) {
    return (await this.sql.first(this.statements.preference.pinned, { account }))?.count ?? 0;
  }

  async saved(account: string) {
    return (await this.sql.all(this.statements.saved.all, { account })).map(savedMessageOf);
  }

  async savedOrdinal(account: string, conversation: string, message: string) {
    return (await this.sql.first(this.statements.saved.find, { account, conversation, message }))?.ordinal;
  }

  async savedCount(account: string) {
    return (await this.sql.first(this.statements.saved.count, { account }))?.count ?? 0;
  }

  async hidden(account: string, conversation: string) {
    const row = await this.sql.first(this.statements.hidden.find, { account, conversation });
    return row === undefined ? noHiddenRuns : hiddenRunsOf(row);
  }

  async allHidden(account: string) {
    return (await this.sql.all(this.statements.hidden.all, { account })).map(hiddenMessagesOf);
  }

  async hiddenRunCount(account: string) {
    return (await this.sql.first(this.statements.hidden.count, { account }))?.count ?? 0;
  }

  async scheduled(account: string) {
    return (await this.sql.all(this.statements.scheduled.all, { account })).map(scheduledRecord);
  }

  async scheduledMessage(account: string, id: string) {
    const row = await this.sql.first(this.statements.scheduled.find, { account, id });
    return row === undefined ? undefined : scheduledRecord(row);
  }

  async scheduledUse(account: string) {
    return (await this.sql.first(this.statements.scheduled.use, { account })) ?? { count: 0, bytes: 0 };
  }

  async reportUse(account: string, since: number) {
    return (await this.sql.first(this.statements.report.use, { account, since })) ?? { count: 0, bytes: 0 };
  }

  async openReports(limit: number) {
    return (await this.sql.all(this.statements.report.open, { limit })).map(reportOf);
  }

  async closedReports(after: number, limit: number) {
    return (await this.sql.all(this.statements.report.closed, { after, limit })).map(reportOf);
  }

  async reminders(account: string) {
    return (await this.sql.all(this.statements.reminder.all, { account })).map(reminderRecord);
  }

  async reminder(account: string, { conversation, message }: ReminderPlaced) {
    const row = await this.sql.first(this.statements.reminder.find, { account, conversation, message });
    return row === undefined ? undefined : reminderRecord(row);
  }

  async reminderCount(account: string) {
    return (await this.sql.first(this.statements.reminder.count, { account }))?.count ?? 0;
  }

  async remindedOf({ conversation, message }: ReminderPlaced) {
    return (await this.sql.all(this.statements.reminder.accounts, { conversation, message })).map(
      ({ account }) => account,
    );
  }

  async due(now: number, limit: number) {
    return (await this.sql.all(this.statements.due.by, { now, limit })).map(dueRecord);
  }

  async isDue(due: Omit<DueRecord, "at">) {
    const { at: _, ...key } = dueRow({ ...due, at: 0 });
    return (await this.sql.first(this.statements.due.find, key)) !== undefined;
  }

  async nextDue() {
    return (await this.sql.first(this.statements.due.next, { from: 0 }))?.at;
  }

  async blockedPeople(account: string) {
    return (await this.sql.all(this.statements.blocked.all, { account })).map(blockedPersonOf);
  }

  async blockedPerson(account: string, blocked: string) {
    const row = await this.sql.first(this.statements.blocked.find, { account, blocked });
    return row === undefined ? undefined : blockedPersonOf(row);
  }

  async blockedCount(account: string) {
    return (await this.sql.first(this.statements.blocked.count, { account }))?.count ?? 0;
  }

  async unreadExpiries(conversation: string, { from, to }: Range, reader: string, limit: number) {
    const rows = await this.sql.all(this.statements.expiry.between, { conversation, from, to, reader, limit });
    return rows.map(({ message }) => message);
  }

  async rejections(account: string) {
    const row = await this.sql.first(this.statements.account.rejections, { account });
    return { since: row?.rejections_since ?? 0, count: row?.rejections ?? 0 };
  }

  async draft(account: string, conversation: string) {
    const row = await this.sql.first(this.statements.draft.find, { account, conversation });
    return row === undefined ? undefined : draftOf(row);
  }

  async draftHead(account: string) {
    return (await this.sql.first(this.statements.draft.head, { account }))?.version ?? 0;
  }

  async draftUse(account: string) {
    return (await this.sql.first(this.statements.draft.use, { account })) ?? { count: 0, bytes: 0 };
  }

  async drafts(account: string, after: number, limit: number) {
    return (await this.sql.all(this.statements.draft.since, { account, after, limit })).map(draftOf);
  }

  async dirty(limit: number) {
    return this.sql.all(this.statements.follower.dirty, { limit });
  }

  async cursor(conversation: string, follower: string) {
    return (await this.sql.first(this.statements.follower.cursor, { conversation, follower }))?.done ?? 0;
  }

  async #withReactions(conversation: string, rows: readonly EntriesTable[]): Promise<SizedEntry[]> {
    const [first, last] = [rows.at(0), rows.at(-1)];
    if (first === undefined || last === undefined) return [];
    const run = { conversation, from: first.ordinal, to: last.ordinal };
    const reactions = Map.groupBy(await this.sql.all(this.statements.reaction.between, run), (row) => row.ordinal);
    return rows.map((row) => sizedEntry(row, (reactions.get(row.ordinal) ?? []).map(reactionOf)));
  }
}
