import type { Rights } from "@parley/log";
import type { InviteView, JoinRequestView } from "./invite-view.ts";
import type { MessageStatus } from "./message-status.ts";
import type { PersonView } from "./person-view.ts";
import type { QuoteView } from "./quote-view.ts";

/** One contiguous window of a conversation, oldest first, pending commands of this device folded in. */
export interface TimelineView {
  readonly conversation: string;
  /** False until the first rows are there. */
  readonly loaded: boolean;
  readonly rows: readonly TimelineRow[];
  /** The window reaches the first visible entry. */
  readonly atOldest: boolean;
  /** The window reaches the newest entry, and follows it. */
  readonly atNewest: boolean;
  /** The last event that this device holds: another one when anything changed, in the window or not. */
  readonly head: number;
  readonly entryHead: number;
  /** Own read mark when the window was opened; the unread divider goes after it. */
  readonly readAtOpen: number;
  /** Own read mark now, whichever device read to there. */
  readonly read: number;
  /** Present members, oneself included, by name; of a thread those of its parent. */
  readonly members: readonly MemberView[];
  /** What the viewer may do here besides writing. */
  readonly rights: RightsView;
  /** What a group is about; empty where nobody said it. */
  readonly description: string;
  /** The message to which an answer is being written; absent if none was named. */
  readonly answering?: QuoteView | undefined;
  /** After how many seconds messages disappear that are posted now; 0: they stay. */
  readonly timerSeconds: number;
  /** Messages that are shown at the top, the one pinned last first. */
  readonly pinned: readonly PinnedMessageView[];
  /** The links by which people can join, for who may make some; the newest first. */
  readonly invites: readonly InviteView[];
  /** Who waits to be let in, for who may decide. */
  readonly joinRequests: readonly JoinRequestView[];
}

/** A window that holds nothing yet. */
export function emptyTimeline(conversation: string): TimelineView {
  return {
    conversation,
    loaded: false,
    rows: [],
    atOldest: false,
    atNewest: true,
    head: 0,
    entryHead: 0,
    readAtOpen: 0,
    read: 0,
    members: [],
    rights: noRightsView,
    description: "",
    timerSeconds: 0,
    pinned: [],
    invites: [],
    joinRequests: [],
  };
}

export type RoleName = "owner" | "admin" | "member";

export interface MemberView extends PersonView {
  readonly role: RoleName;
  /** The viewer may remove them. */
  readonly removable: boolean;
  /** Other roles that the viewer may give them. */
  readonly otherRoles: readonly RoleName[];
  /** The viewer blocks them; absent for others. */
  readonly blocked?: true;
}

/** Rights over another member are said with that member. */
export type RightsView = Omit<Rights, "removeMembers" | "setRole">;

export const noRightsView: RightsView = {
  addMembers: false,
  inviteByLink: false,
  setTitle: false,
  setDescription: false,
  setPicture: false,
  setTimer: false,
  deleteOthersMessages: false,
  pinMessages: false,
  mentionEveryone: false,
  leave: false,
};

/** A message that is shown at the top of its conversation, for all its members. */
export interface PinnedMessageView {
  readonly id: string;
  /** Where to jump to; undefined while the message waits to be sent, and where it cannot be shown. */
  readonly ordinal: number | undefined;
  readonly authorName: string;
  readonly mine: boolean;
  /** 0 where it cannot be shown. */
  readonly at: number;
  readonly body:
    | Exclude<MessageRow["body"], { readonly kind: "deleted" }>
    /** From a time that this viewer may not see. */
    | { readonly kind: "out-of-sight" }
    /** Not on this device, and not fetched yet. */
    | { readonly kind: "not-held" };
}

export type TimelineRow = MessageRow | SystemRow | HoleRow | BoundaryRow;

export interface MessageRow {
  readonly kind: "message";
  /** The command's id: the same from the first paint to the end. */
  readonly id: string;
  /** Undefined while pending. */
  readonly ordinal: number | undefined;
  readonly author: string;
  readonly authorName: string;
  readonly mine: boolean;
  /** What to show as its time: the author's clock, clamped where implausible. */
  readonly at: number;
  readonly body:
    | {
        readonly kind: "text";
        readonly text: string;
        readonly edited: boolean;
        /** It was written elsewhere and passed on; absent where it was not. */
        readonly forwarded?: boolean;
        /** Absent where nobody is mentioned. */
        readonly mentions?: readonly MentionView[];
      }
    | {
        readonly kind: "deleted";
        /** It has disappeared by itself; absent where somebody deleted it. */
        readonly expired?: true;
      }
    /** Edited while the viewer was away; not to be shown. */
    | { readonly kind: "withheld" };
  /** The message that this one answers; absent where it answers none. */
  readonly quote?: QuoteView;
  readonly reactions: readonly ReactionView[];
  /** Of one's own messages only. */
  readonly status: MessageStatus | undefined;
  /** The thread below it; absent where there is none. */
  readonly thread?: ThreadOfRow;
  /** Absent where it is not among the saved messages. */
  readonly saved?: true;
  /** By somebody who is blocked: drawn without what it says, until the viewer wants to see it. Absent for others. */
  readonly folded?: true;
  /** Absent where one is not to be reminded of it. */
  readonly reminder?: RowReminder;
  /** Absent where it stays. */
  readonly disappears?: DisappearanceView;
}

export interface RowReminder {
  /** By this device's clock. */
  readonly at: number;
  readonly due: boolean;
}

/** When a message disappears. */
export interface DisappearanceView {
  /** After it was read, or in notes after it was posted. */
  readonly seconds: number;
  /** The device's clock. While it is not running: at the latest. */
  readonly at: number;
  /** It has been read, or need not be. */
  readonly running: boolean;
}

/** What the message at its root tells of a thread. */
export interface ThreadOfRow {
  readonly replies: number;
  /** 0 if none was received. */
  readonly lastAt: number;
  /** Who wrote last, the newest first; at most 3. */
  readonly names: readonly string[];
  /** Of a thread that one follows. */
  readonly unread: number;
  /** Those of the unread that mention oneself. */
  readonly mentions: number;
  readonly following: boolean;
}

/** Somebody whom a text mentions as `@user.name`, or all members. */
export interface MentionView {
  /** Empty for all. */
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  /** The viewer. */
  readonly me: boolean;
}

export interface ReactionView {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
  /** In the order in which they reacted. */
  readonly people: readonly ReactorView[];
}

export interface ReactorView {
  readonly account: string;
  /** Empty for an account whose profile never came. */
  readonly displayName: string;
}

export interface SystemRow {
  readonly kind: "system";
  readonly id: string;
  readonly ordinal: number;
  readonly at: number;
  readonly actorName: string;
  readonly mine: boolean;
  readonly what: SystemDeed;
}

/** What somebody did to the conversation. */
export type SystemDeed =
  | { readonly kind: "created"; readonly title: string }
  | {
      readonly kind: "members-added" | "members-removed";
      /** Of the others, oneself not among them. */
      readonly names: readonly string[];
      readonly includesMe: boolean;
    }
  | { readonly kind: "member-left" }
  /** By a link. */
  | {
      readonly kind: "member-let-in";
      readonly name: string;
      /** The viewer is who was let in. */
      readonly isMe: boolean;
    }
  | { readonly kind: "member-joined"; readonly inviterName: string; readonly inviterIsMe: boolean }
  | { readonly kind: "title-set"; readonly title: string }
  | {
      readonly kind: "role-set";
      readonly role: RoleName;
      /** Whose: of who did it, of the viewer, or of somebody else. */
      readonly of: "actor" | "viewer" | "other";
      readonly name: string;
    }
  /** `empty`: there is none any more. */
  | { readonly kind: "description-set"; readonly empty: boolean }
  /** `empty`: there is none any more. */
  | { readonly kind: "picture-set"; readonly empty: boolean }
  | { readonly kind: "message-pinned" }
  /** Messages disappear from now on after this time; 0: they stay. */
  | { readonly kind: "timer-set"; readonly seconds: number };

/** Entries that exist but are not held; being fetched while in view. */
export interface HoleRow {
  readonly kind: "hole";
  readonly id: string;
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}

/** Entries that this viewer may not see. */
export interface BoundaryRow {
  readonly kind: "boundary";
  readonly id: string;
  readonly fromOrdinal: number;
  readonly toOrdinal: number;
}
