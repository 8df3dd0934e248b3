import { holds, isExpired, type Range } from "@parley/log";
import type { Conversation, Entry, Message, Profile, SystemEntry } from "@parley/protocol";
import type { MessageStatus } from "../api/message-status.ts";
import type { ReminderItem } from "../api/reminder-view.ts";
import type {
  MentionView,
  MessageRow,
  ReactionView,
  SystemDeed,
  SystemRow,
  TimelineRow,
} from "../api/timeline-view.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import { clearedIn, type Hidden, isHidden } from "./account-hidden.ts";
import { entryOfPending, foldOntoEntry } from "./fold-pending.ts";
import { mentionViews } from "./mention-views.ts";
import { statusOfEntry, statusOfPending } from "./message-status.ts";
import type { Pending } from "./pending.ts";
import { type QuoteBasis, quoteView, replyToOf } from "./quote.ts";
import { roleName } from "./role-names.ts";
import type { Slice } from "./slice.ts";
import { type KnownThread, threadOf } from "./thread-of-row.ts";

export interface TimelineBasis extends QuoteBasis {
  readonly conversation: StoredConversation;
  /** With pending changes. */
  readonly state: Conversation | undefined;
  readonly slice: Slice;
  /** Rows held of the slice, by ordinal. */
  readonly entries: ReadonlyMap<number, Entry>;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Rejected edits by the message that they were to change. */
  readonly failedEdits: ReadonlyMap<string, readonly Pending[]>;
  /** Pending posts to show at the end, in queue order. */
  readonly posts: readonly Pending[];
  /** A time of the server's clock by the device's. */
  readonly onDevice: (at: number) => number;
  /** Ids of the messages that are saved. */
  readonly saved: ReadonlySet<string>;
  /** By message. */
  readonly reminders: ReadonlyMap<string, ReminderItem>;
  readonly hidden: Hidden;
  readonly leavesNoTrace: typeof leavesNoTrace;
  /** Threads that this device knows of, by the message at their root. */
  readonly threads: ReadonlyMap<string, KnownThread>;
}

/** The rows of a window, oldest first. */
export function timelineRows(basis: TimelineBasis): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  const shown = new Set<string>();
  for (let ordinal = Math.max(basis.slice.from, clearedIn(basis.hidden) + 1); ordinal <= basis.slice.to; ) {
    const entry = basis.entries.get(ordinal);
    if (entry !== undefined) {
      const row = isHidden(basis.hidden, entry) || basis.leavesNoTrace(entry) ? undefined : rowOf(entry, basis);
      if (row !== undefined) rows.push(row);
      shown.add(entry.id);
      ordinal++;
    } else {
      const gap = gapAt(ordinal, basis);
      rows.push(gap.row);
      ordinal = gap.to + 1;
    }
  }
  for (const pending of basis.posts) {
    const row = shown.has(pending.entry.id) ? undefined : pendingRow(pending, basis);
    if (row !== undefined) rows.push(row);
  }
  return rows;
}

function rowOf(entry: Entry, basis: TimelineBasis): TimelineRow | undefined {
  if (entry.body.case === "system") return systemRow(entry, entry.body.value, basis);
  const changes = basis.changes.get(entry.id) ?? [];
  const failed = basis.failedEdits.get(entry.id)?.[0];
  const mine = entry.author === basis.viewer;
  const status =
    failed !== undefined
      ? statusOfPending(failed)
      : mine
        ? statusOfEntry(entry, basis.state, basis.conversation, basis.viewer)
        : undefined;
  return messageRow(foldOntoEntry(entry, changes, basis.viewer), entry.ordinal, status, basis);
}

function pendingRow(pending: Pending, basis: TimelineBasis): MessageRow | undefined {
  const entry = entryOfPending(pending, basis.viewer);
  if (entry === undefined) return undefined;
  const folded = foldOntoEntry(entry, basis.changes.get(entry.id) ?? [], basis.viewer);
  return messageRow(folded, undefined, statusOfPending(pending), basis);
}

function messageRow(
  entry: Entry,
  ordinal: number | undefined,
  status: MessageStatus | undefined,
  basis: TimelineBasis,
): MessageRow | undefined {
  if (entry.body.case !== "message") return undefined;
  const message = entry.body.value;
  const replyTo = message.state.case === "content" ? replyToOf(message.state.value) : "";
  return {
    kind: "message",
    id: entry.id,
    ordinal,
    author: entry.author,
    authorName: basis.nameOf(entry.author),
    mine: entry.author === basis.viewer,
    at: shownTime(entry),
    body: messageBody(message, mentionViews(message, basis.viewer, basis.profiles)),
    ...(replyTo !== "" && { quote: quoteView(replyTo, basis) }),
    reactions: message.reactions.flatMap(({ emoji, accounts }) => reactionView(emoji, accounts, basis) ?? []),
    status: message.state.case === "deleted" ? undefined : status,
    ...threadOf(message, basis.threads.get(entry.id), basis),
    ...(basis.saved.has(entry.id) && { saved: true }),
    ...(basis.isFolded(entry) && { folded: true }),
    ...reminderOf(basis.reminders.get(entry.id)),
    ...disappearanceOf(message, basis.onDevice),
  };
}

function reminderOf(reminder: ReminderItem | undefined): Pick<MessageRow, "reminder"> {
  return reminder === undefined ? {} : { reminder: { at: reminder.at, due: reminder.state === "due" } };
}

export function messageBody(message: Message, mentions: readonly MentionView[] = []): MessageRow["body"] {
  const { state } = message;
  if (state.case === "deleted") return { kind: "deleted", ...(state.value.expired && { expired: true }) };
  if (state.case !== "content" || state.value.form.case !== "plain") return { kind: "withheld" };
  const { text, forwarded } = state.value.form.value;
  const body = { kind: "text", text, edited: message.editedAt > 0, ...(forwarded && { forwarded }) } as const;
  return mentions.length === 0 ? body : { ...body, mentions };
}

/** What has disappeared takes no place, but where a thread below it is to be found. */
export function leavesNoTrace(entry: Entry): boolean {
  return isExpired(entry) && entry.body.case === "message" && entry.body.value.thread === undefined;
}

function disappearanceOf(
  { state, expiry }: Message,
  onDevice: TimelineBasis["onDevice"],
): Pick<MessageRow, "disappears"> {
  if (expiry === undefined || state.case === "deleted") return {};
  const { seconds, at, running } = expiry;
  return { disappears: { seconds, at: onDevice(at), running } };
}

/** Undefined where only people who are blocked have reacted so. */
function reactionView(emoji: string, all: readonly string[], basis: TimelineBasis): ReactionView | undefined {
  const { blocked } = basis.hidden;
  const accounts = blocked.size === 0 ? all : all.filter((account) => !blocked.has(account));
  if (accounts.length === 0) return undefined;
  return {
    emoji,
    count: accounts.length,
    mine: accounts.includes(basis.viewer),
    people: accounts.map((account) => ({ account, displayName: basis.nameOf(account) })),
  };
}

/** A clock may be ahead by this much before the server's is shown instead. */
const PLAUSIBLE_LEAD_MS = 60_000;
/** Before this product existed: a clock that was never set. */
const PLAUSIBLE_SINCE = Date.UTC(2020, 0, 1);

/** The author's clock where it is plausible, else the server's. */
export function shownTime(entry: Entry): number {
  const plausible = entry.sentAt >= PLAUSIBLE_SINCE && entry.sentAt <= entry.receivedAt + PLAUSIBLE_LEAD_MS;
  return plausible ? entry.sentAt : entry.receivedAt;
}

function systemRow(entry: Entry, system: SystemEntry, basis: TimelineBasis): SystemRow | undefined {
  const what = systemDeed(system, entry.author, basis);
  if (what === undefined) return undefined;
  return {
    kind: "system",
    id: entry.id,
    ordinal: entry.ordinal,
    at: entry.receivedAt,
    actorName: basis.nameOf(entry.author),
    mine: entry.author === basis.viewer,
    what,
  };
}

/** Undefined for what a newer version has brought. */
export function systemDeed(
  { what }: SystemEntry,
  author: string,
  basis: Pick<TimelineBasis, "viewer" | "nameOf">,
): SystemDeed | undefined {
  switch (what.case) {
    case "created":
      return { kind: "created", title: what.value.title };
    case "membersAdded":
    case "membersRemoved": {
      const { accounts } = what.value;
      return {
        kind: what.case === "membersAdded" ? "members-added" : "members-removed",
        names: accounts.filter((account) => account !== basis.viewer).map((account) => basis.nameOf(account)),
        includesMe: accounts.includes(basis.viewer),
      };
    }
    case "memberLeft":
      return { kind: "member-left" };
    case "titleSet":
      return { kind: "title-set", title: what.value.title };
    case "roleSet": {
      const { account, role } = what.value;
      const of = account === author ? "actor" : account === basis.viewer ? "viewer" : "other";
      return { kind: "role-set", role: roleName(role), of, name: basis.nameOf(account) };
    }
    case "descriptionSet":
      return { kind: "description-set", empty: what.value.description === "" };
    case "pictureSet":
      return { kind: "picture-set", empty: what.value.picture === "" };
    case "messagePinned":
      return { kind: "message-pinned" };
    case "timerSet":
      return { kind: "timer-set", seconds: what.value.seconds };
    case "memberLetIn": {
      const { account } = what.value;
      return { kind: "member-let-in", name: basis.nameOf(account), isMe: account === basis.viewer };
    }
    case "memberJoined": {
      const { inviter } = what.value;
      return { kind: "member-joined", inviterName: basis.nameOf(inviter), inviterIsMe: inviter === basis.viewer };
    }
    default:
      return undefined;
  }
}

/** The stretch without rows that begins at an ordinal: a boundary where it is accounted for, else a hole. */
function gapAt(ordinal: number, basis: TimelineBasis): { readonly row: TimelineRow; readonly to: number } {
  const { conversation, slice, entries } = basis;
  const skip = conversation.skips.find(({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && ordinal <= toOrdinal);
  if (skip !== undefined && holds(conversation.ranges, { from: ordinal, to: ordinal })) {
    const run: Range = { from: ordinal, to: Math.min(skip.toOrdinal, slice.to) };
    return { row: { kind: "boundary", id: `boundary-${skip.fromOrdinal}`, ...ordinalsOf(run) }, to: run.to };
  }
  let to = ordinal;
  while (to < slice.to && !entries.has(to + 1) && !startsSkip(to + 1, conversation)) to++;
  const run: Range = { from: ordinal, to };
  return { row: { kind: "hole", id: `hole-${ordinal}`, ...ordinalsOf(run) }, to };
}

function startsSkip(ordinal: number, conversation: StoredConversation): boolean {
  return conversation.skips.some(({ fromOrdinal }) => fromOrdinal === ordinal);
}

function ordinalsOf(run: Range): { readonly fromOrdinal: number; readonly toOrdinal: number } {
  return { fromOrdinal: run.from, toOrdinal: run.to };
}
