import {
  expiryOf,
  type HiddenRuns,
  type Marks,
  type Preferences,
  type ReminderPlaced,
  type ReminderState,
} from "@parley/log";
import type {
  AccountEvent,
  BlockedPerson,
  Draft,
  Entry,
  Privacy,
  Profile,
  Reaction,
  Report,
  SavedMessage,
  ScheduledMessage,
  ThreadSummary,
} from "@parley/protocol";
import type { DirtyConversation, RejectionCount } from "../log/log-snapshot.ts";
import type { LogTransaction, StoredRejection } from "../log/log-transaction.ts";
import type { MemberMarks } from "../log/member-marks.ts";
import type {
  ConversationRecord,
  DeviceRecord,
  DueRecord,
  EventRecord,
  LogPosition,
  MarkMove,
  MemberRecord,
} from "../log/records.ts";
import { accountEventRow } from "./rows/account-event-row.ts";
import { conversationRow } from "./rows/conversation-row.ts";
import { deviceRow } from "./rows/device-row.ts";
import { draftRow } from "./rows/draft-row.ts";
import { dueRow } from "./rows/due-row.ts";
import { entryRow, stateOf } from "./rows/entry-row.ts";
import { eventRow } from "./rows/event-row.ts";
import { hiddenMessagesRow } from "./rows/hidden-messages-row.ts";
import { writeFirstMove, writeMove } from "./rows/mark-moves-row.ts";
import { memberRow } from "./rows/member-row.ts";
import { mentionRow, mentionsOf } from "./rows/mention-row.ts";
import { preferencesRow } from "./rows/preferences-row.ts";
import { profileRow } from "./rows/profile-row.ts";
import { reactionChange } from "./rows/reaction-row.ts";
import { reminderRow } from "./rows/reminder-row.ts";
import { reportRow } from "./rows/report-row.ts";
import { scheduledRow } from "./rows/scheduled-row.ts";
import { versionRow } from "./rows/version-row.ts";
import { shardOf } from "./shard.ts";
import { INCARNATION_KEY, SqlLogSnapshot } from "./sql-log-snapshot.ts";

/** The writes, in SQL. It lives inside a write transaction that its maker began. */
export class SqlLogTransaction extends SqlLogSnapshot implements LogTransaction {
  putIncarnation(incarnation: string) {
    return this.sql.run(this.statements.meta.put, { key: INCARNATION_KEY, value: incarnation });
  }

  accept(log: string, id: string, seq: number) {
    return this.sql.run(this.statements.verdict.accept, { log, id, seq });
  }

  reject(log: string, id: string, { account, code, reason, receivedAt }: StoredRejection) {
    return this.sql.run(this.statements.verdict.reject, { log, id, account, code, reason, received_at: receivedAt });
  }

  putRejections(account: string, { count, since }: RejectionCount) {
    return this.sql.run(this.statements.account.putRejections, { account, count, since });
  }

  addConversation(conversation: ConversationRecord) {
    return this.sql.run(this.statements.conversation.add, conversationRow(conversation));
  }

  putConversation(conversation: ConversationRecord) {
    return this.sql.run(this.statements.conversation.put, conversationRow(conversation));
  }

  putPicture(conversation: string, bytes: Uint8Array) {
    if (bytes.length === 0) return this.sql.run(this.statements.picture.forget, { conversation });
    return this.sql.run(this.statements.picture.put, { conversation, bytes });
  }

  putPosition({ id, head, entryHead, tag, activeAt, timedUpTo }: LogPosition) {
    const row = { id, head, entry_head: entryHead, tag, active_at: activeAt, timed_up_to: timedUpTo };
    return this.sql.run(this.statements.conversation.putPosition, row);
  }

  putMember(conversation: string, member: MemberRecord) {
    return this.sql.run(this.statements.member.put, memberRow(conversation, member));
  }

  addEvent(event: EventRecord) {
    return this.sql.run(this.statements.event.add, eventRow(event));
  }

  async addEntry(entry: Entry) {
    await this.sql.run(this.statements.entry.add, entryRow(entry));
    for (const account of mentionsOf(entry)) {
      await this.sql.run(this.statements.mention.add, mentionRow(entry, account));
    }
  }

  async changeEntry(before: Entry, after: Entry) {
    const { conversation, ordinal } = after;
    const sameBody = threadOf(before) === threadOf(after) && expiryOf(before) === expiryOf(after);
    if (before.contentRev === after.contentRev && sameBody) {
      await this.sql.run(this.statements.entry.changeRev, { conversation, ordinal, rev: after.rev });
    } else {
      await this.sql.run(this.statements.entry.change, { conversation, ordinal, ...stateOf(after) });
      if (before.contentRev !== after.contentRev) await this.#changeMentions(before, after);
    }
    await this.#changeReactions(before, after);
  }

  async keepVersion(entry: Entry, keep: number) {
    const row = versionRow(entry);
    if (row === undefined) return;
    const { conversation, ordinal } = row;
    await this.sql.run(this.statements.version.add, row);
    await this.sql.run(this.statements.version.forgetOld, { conversation, ordinal, keep });
  }

  forgetVersions(conversation: string, ordinal: number) {
    return this.sql.run(this.statements.version.forget, { conversation, ordinal });
  }

  forgetAllVersions() {
    return this.sql.run(this.statements.version.forgetAll, {});
  }

  putOrder(log: string, device: string, last: string) {
    return this.sql.run(this.statements.verdict.putOrder, { log, device, last });
  }

  putDevice(device: DeviceRecord) {
    return this.sql.run(this.statements.device.put, deviceRow(device));
  }

  noteSeen(account: string, id: string, at: number) {
    return this.sql.run(this.statements.device.seen, { account, id, at });
  }

  forgetClosedDevices(account: string, keep: number) {
    return this.sql.run(this.statements.device.forgetClosed, { account, keep });
  }

  putMark(conversation: string, account: string, { delivered, read, shown }: MemberMarks) {
    return this.sql.run(this.statements.mark.put, { conversation, account, delivered, read, shown });
  }

  addMarkMove(conversation: string, account: string, from: Marks, move: MarkMove) {
    const row = { conversation, account, first: writeFirstMove(from, move), move: writeMove(move) };
    return this.sql.run(this.statements.mark.addMove, row);
  }

  putDraft(account: string, draft: Draft) {
    return this.sql.run(this.statements.draft.put, draftRow(account, draft));
  }

  putPrivacy(account: string, { rev, hidesReads, hidesPresence }: Privacy) {
    const row = { account, rev, hides_reads: hidesReads ? 1 : 0, hides_presence: hidesPresence ? 1 : 0 };
    return this.sql.run(this.statements.privacy.put, row);
  }

  putProfile(profile: Profile) {
    return this.sql.run(this.statements.profile.put, profileRow(profile));
  }

  addAccountEvent(account: string, event: AccountEvent) {
    return this.sql.run(this.statements.account.addEvent, accountEventRow(account, event));
  }

  putPreference(account: string, conversation: string, preferences: Preferences) {
    return this.sql.run(this.statements.preference.put, preferencesRow(account, conversation, preferences));
  }

  addSaved(
    account: string,
    seq: number,
    { conversation, message, ordinal, savedAt }: Omit<SavedMessage, "$typeName" | "parent" | "root">,
  ) {
    const row = { account, conversation, message, ordinal, seq, saved_at: savedAt };
    return this.sql.run(this.statements.saved.add, row);
  }

  forgetSaved(account: string, conversation: string, message: string) {
    return this.sql.run(this.statements.saved.forget, { account, conversation, message });
  }

  putHidden(account: string, conversation: string, hidden: HiddenRuns) {
    return this.sql.run(this.statements.hidden.put, hiddenMessagesRow(account, conversation, hidden));
  }

  putScheduled(account: string, seq: number, message: ScheduledMessage) {
    return this.sql.run(this.statements.scheduled.put, scheduledRow(account, seq, message));
  }

  forgetScheduled(account: string, id: string) {
    return this.sql.run(this.statements.scheduled.forget, { account, id });
  }

  async addBlocked(account: string, since: number, { account: blocked, blockedAt, ...place }: BlockedPerson) {
    const { conversation, ordinal, seq } = place;
    const row = { account, blocked, conversation, ordinal, seq, blocked_at: blockedAt, since };
    await this.sql.run(this.statements.blocked.add, row);
    await this.sql.run(this.statements.blocked.place, { conversation, account, after: ordinal });
  }

  async forgetBlocked(
    account: string,
    { account: blocked, conversation }: Pick<BlockedPerson, "account" | "conversation">,
  ) {
    await this.sql.run(this.statements.blocked.forget, { account, blocked });
    await this.sql.run(this.statements.blocked.place, { conversation, account, after: null });
  }

  addReport(report: Report) {
    return this.sql.run(this.statements.report.add, reportRow(report));
  }

  closeReport(account: string, id: string, at: number) {
    return this.sql.run(this.statements.report.close, { account, id, at });
  }

  forgetReport(account: string, id: string) {
    return this.sql.run(this.statements.report.forget, { account, id });
  }

  putReminder(account: string, seq: number, reminder: ReminderState) {
    return this.sql.run(this.statements.reminder.put, reminderRow(account, seq, reminder));
  }

  forgetReminder(account: string, { conversation, message }: ReminderPlaced) {
    return this.sql.run(this.statements.reminder.forget, { account, conversation, message });
  }

  putDue(due: DueRecord) {
    return this.sql.run(this.statements.due.put, dueRow(due));
  }

  forgetDue(due: Omit<DueRecord, "at">) {
    const { at: _, ...key } = dueRow({ ...due, at: 0 });
    return this.sql.run(this.statements.due.forget, key);
  }

  addUnreadExpiry({ conversation, ordinal, id: message, author }: Entry) {
    return this.sql.run(this.statements.expiry.add, { conversation, ordinal, message, author });
  }

  forgetUnreadExpiry(conversation: string, ordinal: number) {
    return this.sql.run(this.statements.expiry.forget, { conversation, ordinal });
  }

  putDirty(dirty: DirtyConversation) {
    return this.sql.run(this.statements.follower.putDirty, { ...dirty, shard: shardOf(dirty.conversation) });
  }

  clearDirty(conversation: string) {
    return this.sql.run(this.statements.follower.clearDirty, { conversation });
  }

  putCursor(conversation: string, follower: string, done: number) {
    return this.sql.run(this.statements.follower.putCursor, { conversation, follower, done });
  }

  async #changeMentions(before: Entry, after: Entry): Promise<void> {
    const { conversation, ordinal } = after;
    const [former, now] = [mentionsOf(before), mentionsOf(after)];
    for (const account of former) {
      if (!now.includes(account))
        await this.sql.run(this.statements.mention.remove, { conversation, account, ordinal });
    }
    for (const account of now) await this.sql.run(this.statements.mention.put, mentionRow(after, account));
  }

  async #changeReactions(before: Entry, after: Entry): Promise<void> {
    const { conversation, ordinal } = after;
    const { removed, changed, added } = reactionChange(reactionsOf(before), reactionsOf(after));
    for (const { emoji } of removed) {
      await this.sql.run(this.statements.reaction.remove, { conversation, ordinal, emoji });
    }
    for (const { emoji, accounts } of changed) {
      const row = { conversation, ordinal, emoji, accounts: JSON.stringify(accounts) };
      await this.sql.run(this.statements.reaction.change, row);
    }
    for (const { emoji, accounts } of added) {
      const row = { conversation, ordinal, emoji, since: after.rev, accounts: JSON.stringify(accounts) };
      await this.sql.run(this.statements.reaction.add, row);
    }
  }
}

function reactionsOf(entry: Entry): readonly Reaction[] {
  return entry.body.case === "message" ? entry.body.value.reactions : [];
}

function threadOf({ body }: Entry): ThreadSummary | undefined {
  return body.case === "message" ? body.value.thread : undefined;
}
