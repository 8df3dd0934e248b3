import type { ConnectionView } from "./connection-view.ts";
import type { ConversationListView } from "./conversation-list-view.ts";
import type { InviteDraft, InviteLookUp } from "./invite-view.ts";
import type { LeftOutView } from "./left-out-view.ts";
import type { MentionsCursor, MentionsView } from "./mentions-view.ts";
import type { Observable } from "./observable.ts";
import type { OutboxView } from "./outbox-view.ts";
import type { MessagePlace, PlacedMessage } from "./placed-message.ts";
import type { PreferenceChange } from "./preference-change.ts";
import type { ReceiptsView } from "./receipts-view.ts";
import type { LostReminders, ReminderItem } from "./reminder-view.ts";
import type { ReportDraft } from "./report-draft.ts";
import type { SavedSummary, SavedView } from "./saved-view.ts";
import type { ScheduleDraft, ScheduledItem } from "./scheduled-view.ts";
import type { SearchPage, SearchPlace, SearchResult } from "./search-view.ts";
import type { ThreadPlace } from "./thread-place.ts";
import type { RoleName, TimelineView } from "./timeline-view.ts";
import type { VersionsView } from "./versions-view.ts";

/**
 * What an app sees of the engine, wherever the engine runs. Views are plain data that survive a structured clone; parts that did not
 * change keep their identity, so that a row that did not change is not drawn again.
 *
 * Methods that take an id take one made by the caller (UUIDv7), so that the caller can draw the result before the engine answers; calling
 * again with the same id does nothing. They resolve when the command is durably queued on this device.
 */
export interface Engine {
  readonly account: Observable<AccountView>;
  readonly connection: Observable<ConnectionView>;
  readonly conversations: Observable<ConversationListView>;
  /** What waits for longer than a moment, and what failed. */
  readonly outbox: Observable<OutboxView>;

  /** Opens a window on a conversation, at the newest entries. Close it when the view goes away. */
  openTimeline(conversation: string): Timeline;

  /** Ensures a direct conversation or notes; its id. */
  startDirect(commandId: string, account: string): Promise<string>;
  /** Begins a group; its id, made by the engine. */
  startGroup(commandId: string, accounts: readonly string[], title: string): Promise<string>;
  /**
   * Follows the thread below a message, which is begun where there is none, or follows it no more. Only who follows it is told of it. Resolves to the id
   * of the thread, which is a conversation.
   */
  followThread(commandId: string, thread: ThreadPlace, following: boolean): Promise<string>;
  post(post: PostDraft): Promise<void>;
  /**
   * Posts messages of a conversation anew in others, as they are on this device now and as forwarded: who wrote them and where is not told. All of them
   * are queued, in this order, or none. Repeated, it does nothing.
   *
   * @returns how many posts were left out, because their message is deleted or cannot be read here any more
   */
  forward(forward: ForwardDraft): Promise<number>;
  edit(commandId: string, conversation: string, target: string, text: string): Promise<void>;
  /** Deletes a message for everyone. */
  deleteMessage(commandId: string, conversation: string, target: string): Promise<void>;
  react(commandId: string, conversation: string, target: string, emoji: string, set: boolean): Promise<void>;
  /** Shows a message at the top of the conversation, for all its members, or no more. */
  pinMessage(commandId: string, conversation: string, target: string, pinned: boolean): Promise<void>;
  addMembers(commandId: string, conversation: string, accounts: readonly string[]): Promise<void>;
  removeMembers(commandId: string, conversation: string, accounts: readonly string[]): Promise<void>;
  leave(commandId: string, conversation: string): Promise<void>;
  setRole(commandId: string, conversation: string, account: string, role: RoleName): Promise<void>;
  setTitle(commandId: string, conversation: string, title: string): Promise<void>;
  /** What a group is about; empty for nothing. */
  setDescription(commandId: string, conversation: string, description: string): Promise<void>;
  /** What a group is known by: a JPEG of at most 32 KiB and 512 pixels each way; empty for none. */
  setPicture(commandId: string, conversation: string, picture: Uint8Array): Promise<void>;
  /** After how many seconds messages disappear that are posted from now on; 0: they stay. */
  setTimer(commandId: string, conversation: string, seconds: number): Promise<void>;
  /** Makes a link by which people can join; what stands in it is kept on this device alone. */
  makeInvite(commandId: string, conversation: string, invite: InviteDraft): Promise<void>;
  /** @param invite the id of the link */
  revokeInvite(commandId: string, conversation: string, invite: string): Promise<void>;
  /**
   * What a link leads to; needs the server.
   *
   * @param code what stands in the link
   */
  lookUpInvite(code: string): Promise<InviteLookUp>;
  /** Joins the group that a link leads to, or asks to where that is needed; its id. */
  join(commandId: string, code: string): Promise<string>;
  /** Takes back that one asked to join. */
  cancelJoin(commandId: string, conversation: string): Promise<void>;
  /** Lets somebody in who has asked, or does not. */
  answerJoin(commandId: string, conversation: string, account: string, accept: boolean): Promise<void>;
  /** Sets how one treats a conversation, on all one's devices; nobody else is told. */
  prefer(commandId: string, conversation: string, change: PreferenceChange): Promise<void>;
  /** Keeps a message among those saved, on all one's devices, or no more; nobody else is told. */
  save(commandId: string, conversation: string, message: string, saved: boolean): Promise<void>;
  /** Deletes messages that the log holds, at most 100, for oneself: no device of the account shows them any more; nobody else is told. */
  hide(commandId: string, conversation: string, messages: readonly string[]): Promise<void>;
  /**
   * Deletes for oneself everything that this device knows to be in a conversation, for good, on all one's devices; nobody else is told. What waits to be
   * sent stays. Rejects where nothing is known to be in it.
   *
   * @param unlists the conversation is out of the list, too, until there is something new in it
   */
  clear(commandId: string, conversation: string, unlists: boolean): Promise<void>;

  /**
   * Blocks somebody, on all one's devices, or does so no more; nobody else is told. What a blocked person writes to one is not shown, now or later; what they
   * write in groups is drawn folded and does not count, as long as they are.
   */
  block(commandId: string, account: string, blocked: boolean): Promise<void>;

  /** Has the server post a message later, whether a device is there then or not. */
  schedule(scheduled: ScheduleDraft): Promise<void>;
  /** What a scheduled message says from now on, and when it is posted, by this device's clock; also of one that failed. */
  changeScheduled(commandId: string, scheduled: string, text: string, at: number): Promise<void>;
  /** It is not posted, and its text forgotten. */
  cancelScheduled(commandId: string, scheduled: string): Promise<void>;

  /** Has the server remind one of a message, on all one's devices, in place of the time that was set before; nobody else is told. */
  remind(commandId: string, conversation: string, message: string, at: number): Promise<void>;
  /** It is done, or one wants to be reminded no more. */
  clearReminder(commandId: string, conversation: string, message: string): Promise<void>;

  /**
   * Tells the admins of the server of messages, for good: they keep a copy of what the server lets this account see of them when it receives this. Nobody
   * else is told.
   */
  report(commandId: string, report: ReportDraft): Promise<void>;

  /**
   * Gives up a pending or rejected command, and what makes no sense without it. One that may have been sent is withdrawn, so that late copies of
   * it do nothing; of what the server had done already, only a message can be taken back.
   */
  discard(commandId: string): Promise<void>;
  /** Queues a rejected command again under a new id, which is returned; what it depends on and what fell with it, too. */
  retry(commandId: string): Promise<string>;

  /** The person has seen everything up to this ordinal. */
  markRead(conversation: string, ordinal: number): void;
  /** The person typed (true), or sent, cleared or left the composer (false). */
  typing(conversation: string, active: boolean): void;
  /**
   * Keeps what is being written in a conversation, for all devices of the account.
   *
   * @param from what the draft said when this was begun: what was written elsewhere meanwhile stays. Absent to replace whatever is there
   */
  saveDraft(conversation: string, text: string, from?: string): Promise<void>;
  draft(conversation: string): Promise<string>;

  /** Who received and read a message of one's own; asks the server where it can be reached. */
  receipts(conversation: string, message: string): Promise<ReceiptsView>;

  /**
   * The bytes of the picture that a conversation is shown with; asks the server for what this device does not hold. Rejects where it cannot be reached, and
   * where the conversation has another picture by now.
   *
   * @param picture as the view of the conversation names it
   */
  picture(conversation: string, picture: string): Promise<Uint8Array>;

  /**
   * What a message said before it was edited; needs the server.
   *
   * @param before the seq of the oldest version that is known
   */
  versions(conversation: string, message: string, before?: number): Promise<VersionsView>;

  /**
   * Looks for messages of a conversation that hold all of these words, among those that this device holds and may show, newest first. One step: some
   * thousand messages, or some results, whichever comes first. Rejects what is too long to look for.
   *
   * @param from where the step before ended
   */
  search(conversation: string, query: string, from?: SearchPlace): Promise<SearchPage>;
  /** Of messages that were found, those that would still be, as they are now; in no particular order. */
  searchAgain(conversation: string, query: string, ids: readonly string[]): Promise<readonly SearchResult[]>;

  /** The messages saved last, at most so many; asks the server for those that this device does not hold, where it can be reached. */
  savedMessages(most: number): Promise<SavedView>;

  /** Messages wherever they are, as they are now, in this order; asks the server for those that this device does not hold, where it can be reached. */
  messagesAt(places: readonly MessagePlace[]): Promise<readonly PlacedMessage[]>;

  /**
   * Messages that mention oneself, in all conversations: some of them, the newest first. Without the server, those that this device holds.
   *
   * @param after where the ones before ended
   */
  mentions(after?: MentionsCursor): Promise<MentionsView>;
  /** The first unread message of a conversation that mentions oneself; undefined where there is none, or it cannot be found without the server. */
  nextMention(conversation: string): Promise<{ readonly id: string; readonly ordinal: number } | undefined>;

  /**
   * Takes it upon oneself to tell the person whom a command left out.
   *
   * @returns false where another one has taken that: it is told once
   */
  takeLeftOut(command: string): Promise<boolean>;

  /** Try to connect now, whatever the backoff says, and send what the server put off. */
  reconnect(): void;
}

export interface PostDraft {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  readonly sentAt: number;
  /** The draft that this was, as it was saved last: it ends with the post, on all devices. */
  readonly draft?: string | undefined;
  /** The message of the conversation that it answers. */
  readonly replyTo?: string | undefined;
  /** Where `conversation` is a thread: whoever posts there follows it. */
  readonly thread?: ThreadPlace | undefined;
  /** Of a thread: the id under which it is posted in the conversation, too, as an answer to the root, once the thread has it. */
  readonly alsoAs?: string | undefined;
}

export interface ForwardDraft {
  /** The conversation of the messages. */
  readonly from: string;
  readonly sentAt: number;
  readonly posts: readonly {
    /** Of the post that is made. */
    readonly id: string;
    /** Where it is posted. */
    readonly conversation: string;
    /** What is forwarded. */
    readonly message: string;
  }[];
}

export interface Timeline extends Observable<TimelineView> {
  /** Extend the window; resolve when it has been extended or there is nothing more. Rejects when offline and the entries are not held. */
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  /** Move the window. */
  jumpToNewest(): Promise<void>;
  jumpTo(ordinal: number): Promise<void>;
  /**
   * Whether whoever reads stays at the newest entry, as a window does until this is said. A window whose reader does not keeps the rows that it
   * has when more arrive: it grows to its bound, and then follows no more.
   */
  stick(sticks: boolean): Promise<void>;
  /** Somebody begins to write an answer to this message, or does so no more: the view shows it as `answering`. */
  answer(message: string | undefined): Promise<void>;
  close(): void;
}

export interface AccountView {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  /** What it keeps to itself; absent until the server told this device. */
  readonly privacy?: PrivacyView | undefined;
  /** Absent while nothing is saved. */
  readonly saved?: SavedSummary | undefined;
  /** Whom one blocks, the one blocked last first; absent while it is nobody. */
  readonly blocked?: readonly BlockedView[] | undefined;
  /** The messages that wait to be posted, the next one first; absent while there is none. */
  readonly scheduled?: readonly ScheduledItem[] | undefined;
  /** The messages that one is to be reminded of, the next one first; absent while there is none. */
  readonly reminders?: readonly ReminderItem[] | undefined;
  /** Those that ended last although nobody wanted them to. */
  readonly lostReminders?: LostReminders | undefined;
  /** Whom this device named for groups and did not bring there, of which no person was told yet; absent while there is nobody. */
  readonly leftOut?: readonly LeftOutView[] | undefined;
}

export interface BlockedView {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  /** Since when. */
  readonly at: number;
}

export interface PrivacyView {
  /** Others are not told what one has read, nor is one told what they have. */
  readonly hidesReads: boolean;
  /** Others are not told whether one is online, nor when one was, nor is one told that of them. */
  readonly hidesPresence: boolean;
}
