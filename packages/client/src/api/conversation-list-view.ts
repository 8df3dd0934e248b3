import type { MessageStatus } from "./message-status.ts";
import type { PersonView } from "./person-view.ts";
import type { ThreadPlace } from "./thread-place.ts";
import type { MentionView, SystemDeed } from "./timeline-view.ts";

export interface ConversationListView {
  /** False until the local store was read, and on a new device until it is known whether there is anything. */
  readonly loaded: boolean;
  /** Commands in the outbox that have no verdict yet, of all logs: what signing out would lose. */
  readonly pending: number;
  /** Why the server keeps putting some of them off, the most serious reason; undefined while it takes them, and without a connection. */
  readonly holdUp: HoldUp | undefined;
  /** By recency, without threads. */
  readonly conversations: readonly ConversationView[];
  /** Threads that one follows or has looked at on this device, by recency; absent if there are none. */
  readonly threads?: readonly ConversationView[];
}

/** `unavailable`: the server cannot store anything now, for another reason. */
export type HoldUp = "storage-full" | "unavailable" | "shutting-down" | "rate-limited";

export interface ConversationView {
  readonly id: string;
  readonly kind: "direct" | "group" | "thread" | "notes";
  /** The group's title, the other person's name, or empty where the app supplies one (notes). */
  readonly title: string;
  /** What to ask the engine for to get its picture, another one for every picture; absent where it has none. */
  readonly picture?: string;
  /** Present members other than oneself, by name. Kept to the first 8 in the list; `memberCount` is exact and includes oneself. */
  readonly people: readonly PersonView[];
  readonly memberCount: number;
  /** False after leaving or being removed, and where one blocks the other: readable, not writable. */
  readonly writable: boolean;
  readonly newest: NewestView | undefined;
  /** For sorting and showing: of the newest entry or pending message, else of the creation. */
  readonly at: number;
  readonly unread: number;
  /** Those among the unread that mention oneself, by name or with everyone. */
  readonly mentions: number;
  /** Names of those who are typing now. */
  readonly typing: readonly string[];
  /** How many people wait to be let in, for who may decide; absent if nobody does. */
  readonly joinRequests?: number;
  readonly draft: string;
  readonly pinned: boolean;
  /** By the device's clock; 0 while it is not muted, Infinity where a person ends the mute. */
  readonly mutedUntil: number;
  /** Of a thread. */
  readonly thread?: ThreadView;
  /** Messages that are unread in threads of it that one follows; absent if none are. */
  readonly unreadInThreads?: number;
  /** Those among them that mention oneself; absent if none. */
  readonly mentionsInThreads?: number;
  /** Put away: until the next entry, and while it is muted. */
  readonly archived: boolean;
  /** Marked as unread by oneself, whatever is read; absent where it is not. */
  readonly markedUnread?: boolean;
  /** Deleted from the list, until there is something new in it; absent where it is listed. */
  readonly unlisted?: boolean;
  /** It is a message request; absent where it is none, or none any more. */
  readonly request?: RequestState;
  /** A direct conversation with somebody whom one blocks; absent for others. */
  readonly blocked?: boolean;
}

/** By a stranger, who is told nothing: it waits for oneself, or one has declined it. `sent`: by oneself, and nobody knows yet that it was accepted. */
export type RequestState = "open" | "declined" | "sent";

/** What a thread belongs to, and whether one follows it. */
export interface ThreadView extends ThreadPlace {
  readonly following: boolean;
  /** One's own messages that wait to be posted there. */
  readonly waiting: number;
}

export interface NewestView {
  readonly author: string;
  readonly authorName: string;
  readonly mine: boolean;
  readonly text: string;
  /** Absent where nobody is mentioned. */
  readonly mentions?: readonly MentionView[];
  readonly kind: "message" | "deleted" | "expired" | "withheld" | "system";
  readonly status: MessageStatus | undefined;
  /** Of a system entry of a known kind. */
  readonly what: SystemDeed | undefined;
}

/** How one treats a conversation, as its line shows it. */
export type PreferencesView = Pick<ConversationView, "pinned" | "mutedUntil" | "archived" | "markedUnread">;
