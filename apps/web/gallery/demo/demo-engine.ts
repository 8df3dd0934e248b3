import {
  type AccountView,
  type ConnectionView,
  type ConversationListView,
  type Engine,
  emptyOutbox,
  type ForwardDraft,
  type HoldUp,
  type InviteDraft,
  type InviteLookUp,
  type InviteView,
  type MentionsView,
  type MessagePlace,
  type MessageRow,
  type MessageStatus,
  type OutboxView,
  type PlacedMessage,
  type PostDraft,
  type PreferenceChange,
  type ReceiptsView,
  type ReceiptView,
  type ReminderItem,
  type RoleName,
  type SavedView,
  type ScheduleDraft,
  type ScheduledItem,
  type SearchPage,
  type SearchResult,
  type ThreadPlace,
  type ThreadView,
  type Timeline,
  type VersionsView,
} from "@parley/client";
import { threadConversationId, uuidV7 } from "@parley/protocol";
import { ObservedValue } from "../../src/observable/observed-value.ts";
import { DemoConversation } from "./demo-conversation.ts";
import { type DemoPerson, demoPeople } from "./demo-people.ts";
import { DemoTimeline } from "./demo-timeline.ts";

/** An engine without a server, for looking at views. Words that begin with "fail" are refused. */
export class DemoEngine implements Engine {
  readonly account: ObservedValue<AccountView>;
  readonly connection = new ObservedValue<ConnectionView>({ kind: "online" });
  readonly conversations: ObservedValue<ConversationListView>;
  readonly outbox = new ObservedValue<OutboxView>(emptyOutbox);
  readonly #conversations: Map<string, DemoConversation>;
  readonly #holdUp: HoldUp | undefined;
  #saved: readonly { readonly conversation: string; readonly message: string }[] = [];
  #version = 0;
  readonly #threads = new Map<string, DemoConversation>();
  readonly #followed = new Map<string, ThreadView>();

  constructor(self: DemoPerson, conversations: readonly DemoConversation[], holdUp: HoldUp | undefined) {
    this.#holdUp = holdUp;
    this.account = new ObservedValue<AccountView>(self);
    this.#conversations = new Map(conversations.map((conversation) => [conversation.id, conversation]));
    this.conversations = new ObservedValue(this.#list());
  }

  openTimeline(conversation: string): Timeline {
    return new DemoTimeline(this.#conversations.get(conversation) ?? this.#thread(conversation));
  }

  async startDirect(_commandId: string, account: string): Promise<string> {
    const person = demoPeople.filter((one) => one.account === account);
    return this.#start("direct", person, "");
  }

  async startGroup(_commandId: string, accounts: readonly string[], title: string): Promise<string> {
    return this.#start(
      "group",
      demoPeople.filter((one) => accounts.includes(one.account)),
      title,
    );
  }

  async followThread(_commandId: string, place: ThreadPlace, following: boolean): Promise<string> {
    const id = threadConversationId(place.conversation, place.root);
    this.#followed.set(id, { ...place, following, waiting: 0 });
    const { length, members } = this.#thread(id);
    const names = members.slice(1, 3).map(({ displayName }) => displayName);
    const unread = following ? 2 : 0;
    const thread = { replies: length, lastAt: Date.now(), names, unread, mentions: 0, following };
    this.#get(place.conversation).change(place.root, (row) => ({ ...row, thread }));
    this.#tell();
    return id;
  }

  async post(post: PostDraft): Promise<void> {
    if (post.thread !== undefined) await this.followThread("", post.thread, true);
    const self = this.account.get();
    const conversation = this.#get(post.conversation);
    if (post.draft !== undefined) conversation.draft = "";
    conversation.add({
      kind: "message",
      id: post.id,
      ordinal: undefined,
      author: self.account,
      authorName: self.displayName,
      mine: true,
      at: post.sentAt,
      body: conversation.body(post.text, false),
      ...conversation.answering(post.replyTo),
      reactions: [],
      status: { kind: "sending" },
    });
    conversation.read = conversation.length;
    this.#tell();
    if (post.text.startsWith("fail")) {
      this.#later(700, conversation, post.id, { kind: "failed", code: 11, reason: "" });
      return;
    }
    this.#later(700, conversation, post.id, { kind: "sent" });
    this.#later(1600, conversation, post.id, { kind: "delivered" });
    this.#later(2600, conversation, post.id, { kind: "read" });
  }

  async forward({ from, sentAt, posts }: ForwardDraft): Promise<number> {
    for (const { id, conversation, message } of posts) {
      const said = this.#get(from).quote(message)?.said;
      if (said?.kind === "text") await this.post({ id, conversation, text: said.text, sentAt });
    }
    return 0;
  }

  /** Somebody else writes. */
  arrive(conversationId: string, text: string): void {
    const conversation = this.#get(conversationId);
    const author = conversation.members[1] ?? this.account.get();
    conversation.add({
      kind: "message",
      id: newId(),
      ordinal: conversation.length + 1,
      author: author.account,
      authorName: author.displayName,
      mine: false,
      at: Date.now(),
      body: conversation.body(text, false),
      reactions: [],
      status: undefined,
    });
    this.#tell();
  }

  /** Others write, or do so no more. */
  type(conversation: string, names: readonly string[]): void {
    this.#get(conversation).typing = names;
    this.#tell();
  }

  async edit(_commandId: string, conversation: string, target: string, text: string): Promise<void> {
    const changed = this.#get(conversation);
    changed.change(target, (row) => ({ ...row, body: changed.body(text, true) }));
    this.#tell();
  }

  async deleteMessage(_commandId: string, conversation: string, target: string): Promise<void> {
    this.#get(conversation).change(target, (row) => ({
      ...row,
      body: { kind: "deleted" },
      reactions: [],
      status: undefined,
    }));
    this.#tell();
  }

  async react(_id: string, conversation: string, target: string, emoji: string, set: boolean): Promise<void> {
    const self = this.account.get();
    this.#get(conversation).change(target, (row) => {
      const others = row.reactions.filter((reaction) => reaction.emoji !== emoji);
      return { ...row, reactions: set ? [...others, { emoji, count: 1, mine: true, people: [self] }] : others };
    });
  }

  async pinMessage(_id: string, conversation: string, target: string, pinned: boolean): Promise<void> {
    this.#get(conversation).pin(target, pinned);
  }

  async addMembers(): Promise<void> {}
  async removeMembers(): Promise<void> {}
  async leave(): Promise<void> {}

  async prefer(_commandId: string, conversation: string, change: PreferenceChange): Promise<void> {
    const one = this.#get(conversation);
    const { preferences } = one;
    if (change.kind === "pin") one.preferences = { ...preferences, pinned: change.pinned };
    else if (change.kind === "mute") one.preferences = { ...preferences, mutedUntil: change.until };
    else if (change.kind === "archive") one.preferences = { ...preferences, archived: change.archived };
    else if (change.kind === "mark-unread") one.preferences = { ...preferences, markedUnread: change.unread };
    else if (change.kind === "answer-request") one.request = change.accept ? undefined : "declined";
    this.#tell();
  }

  async save(_commandId: string, conversation: string, message: string, saved: boolean): Promise<void> {
    this.#saved = this.#saved.filter((one) => one.message !== message);
    if (saved) this.#saved = [...this.#saved, { conversation, message }];
    this.#get(conversation).change(message, ({ saved: _before, ...row }) => (saved ? { ...row, saved } : row));
    this.account.set({ ...this.account.get(), saved: { count: this.#saved.length, version: ++this.#version } });
    this.#tell();
  }

  async block(_commandId: string, account: string, blocked: boolean): Promise<void> {
    const others = (this.account.get().blocked ?? []).filter((one) => one.account !== account);
    const { userName = "", displayName = "" } = demoPeople.find((person) => person.account === account) ?? {};
    const all = blocked ? [{ account, userName, displayName, at: Date.now() }, ...others] : others;
    this.account.set({ ...this.account.get(), blocked: all.length === 0 ? undefined : all });
    this.#tell();
  }

  async schedule({ id, conversation, text, at }: ScheduleDraft): Promise<void> {
    this.#get(conversation).draft = "";
    this.#putScheduled(id, { id, conversation, text, at, state: "waiting" });
  }

  async changeScheduled(_commandId: string, id: string, text: string, at: number): Promise<void> {
    const known = this.account.get().scheduled?.find((one) => one.id === id);
    if (known !== undefined) this.#putScheduled(id, { ...known, text, at, state: "waiting" });
  }

  async cancelScheduled(_commandId: string, id: string): Promise<void> {
    this.#putScheduled(id);
  }

  /** @param scheduled undefined where it waits no more */
  #putScheduled(id: string, scheduled?: ScheduledItem): void {
    const others = (this.account.get().scheduled ?? []).filter((one) => one.id !== id);
    const all = scheduled === undefined ? others : [...others, scheduled].sort((one, other) => one.at - other.at);
    this.account.set({ ...this.account.get(), scheduled: all.length === 0 ? undefined : all });
    this.#tell();
  }

  async report(): Promise<void> {}

  async remind(_commandId: string, conversation: string, message: string, at: number): Promise<void> {
    const ordinal = this.#get(conversation).find(message)?.ordinal;
    this.#putReminder({ conversation, message, ordinal, at, state: "upcoming" });
    this.#get(conversation).change(message, (row) => ({ ...row, reminder: { at, due: false } }));
    this.#tell();
  }

  async takeLeftOut(): Promise<boolean> {
    return false;
  }

  async clearReminder(_commandId: string, conversation: string, message: string): Promise<void> {
    this.#putReminder({ conversation, message });
    this.#get(conversation).change(message, ({ reminder: _before, ...row }) => row);
    this.#tell();
  }

  /** @param reminder without a time where there is none any more */
  #putReminder(reminder: MessagePlace | ReminderItem): void {
    const others = (this.account.get().reminders ?? []).filter(({ message }) => message !== reminder.message);
    const all = "at" in reminder ? [...others, reminder].sort((one, other) => one.at - other.at) : others;
    this.account.set({ ...this.account.get(), reminders: all.length === 0 ? undefined : all });
  }

  async hide(_commandId: string, conversation: string, messages: readonly string[]): Promise<void> {
    for (const message of messages) await this.deleteMessage("", conversation, message);
  }

  async clear(_commandId: string, conversation: string): Promise<void> {
    for (const id of this.#get(conversation).madeMessages()) await this.deleteMessage("", conversation, id);
  }

  async savedMessages(most: number): Promise<SavedView> {
    const items = await this.messagesAt(this.#saved.toReversed());
    return { count: items.length, items: items.slice(0, most) };
  }

  async messagesAt(places: readonly MessagePlace[]): Promise<readonly PlacedMessage[]> {
    return places.map(({ conversation, message: id }) => {
      const row = this.#get(conversation).find(id);
      if (row?.ordinal === undefined) return { conversation, id, what: { kind: "gone" } as const };
      return { conversation, id, what: { ...row, ordinal: row.ordinal } };
    });
  }

  async mentions(): Promise<MentionsView> {
    const items = [...this.#conversations.values()].flatMap((conversation) => {
      const row = conversation.row(conversation.length - 1);
      if (row.kind !== "message" || row.mine || row.body.kind !== "text" || row.ordinal === undefined) return [];
      const { ordinal, body } = row;
      return [{ ...row, conversation: conversation.id, ordinal, body, unread: ordinal > conversation.read }];
    });
    return { items: items.toSorted((one, other) => other.at - one.at), next: undefined, complete: true };
  }

  async nextMention(conversation: string) {
    const known = this.#get(conversation);
    return { id: known.row(known.read).id, ordinal: known.read + 1 };
  }

  async setTitle(_commandId: string, conversation: string, title: string): Promise<void> {
    this.#get(conversation).title = title;
    this.#tell();
  }

  async setRole(_commandId: string, conversation: string, account: string, role: RoleName): Promise<void> {
    const one = this.#get(conversation);
    one.members = one.members.map((member) => (member.account === account ? { ...member, role } : member));
    one.tell();
  }

  async setDescription(_commandId: string, conversation: string, description: string): Promise<void> {
    const one = this.#get(conversation);
    one.description = description;
    one.tell();
  }

  async setPicture(id: string, conversation: string, picture: Uint8Array): Promise<void> {
    this.#get(conversation).picture = picture.length === 0 ? undefined : { id, bytes: async () => picture };
    this.#tell();
  }

  async picture(conversation: string, picture: string): Promise<Uint8Array> {
    const shown = this.#get(conversation).picture;
    if (shown?.id !== picture) throw new Error("There is no such picture");
    return shown.bytes();
  }

  async setTimer(_commandId: string, conversation: string, seconds: number): Promise<void> {
    const one = this.#get(conversation);
    one.timerSeconds = seconds;
    one.tell();
  }

  async makeInvite(id: string, conversation: string, invite: InviteDraft): Promise<void> {
    const one = this.#get(conversation);
    const { label, lifetimeMs, maxUses, needsApproval = false } = invite;
    const madeAt = Date.now();
    const made: InviteView = {
      id,
      makerName: this.account.get().displayName,
      mine: true,
      label,
      madeAt,
      expiresAt: lifetimeMs === 0 ? 0 : madeAt + lifetimeMs,
      maxUses,
      uses: 0,
      needsApproval,
      revoked: false,
      waiting: false,
      code: conversation,
    };
    one.invites = [made, ...one.invites];
    one.tell();
  }

  async revokeInvite(_commandId: string, conversation: string, invite: string): Promise<void> {
    const one = this.#get(conversation);
    one.invites = one.invites.map((each) => (each.id === invite ? { ...each, revoked: true } : each));
    one.tell();
  }

  async lookUpInvite(code: string): Promise<InviteLookUp> {
    return {
      conversation: code,
      standing: "open",
      title: "Choir on Tuesdays",
      members: 12,
      inviterName: "Ana Ruiz",
      needsApproval: false,
    };
  }

  async join(_commandId: string, code: string): Promise<string> {
    return code;
  }

  async cancelJoin(): Promise<void> {}
  async answerJoin(): Promise<void> {}

  async discard(commandId: string): Promise<void> {
    for (const conversation of this.#conversations.values()) {
      conversation.change(commandId, (row) => ({ ...row, body: { kind: "deleted" }, status: undefined }));
    }
  }

  async retry(commandId: string): Promise<string> {
    for (const conversation of this.#conversations.values()) {
      conversation.change(commandId, (row) => ({ ...row, status: { kind: "sent" } }));
    }
    return commandId;
  }

  markRead(conversationId: string, ordinal: number): void {
    const conversation = this.#get(conversationId);
    conversation.read = Math.max(conversation.read, ordinal);
    this.#tell();
  }

  typing(): void {}

  async saveDraft(conversation: string, text: string): Promise<void> {
    this.#get(conversation).draft = text;
    this.#tell();
  }

  async draft(conversation: string): Promise<string> {
    return this.#get(conversation).draft;
  }

  async receipts(conversation: string): Promise<ReceiptsView> {
    const others = this.#get(conversation).members.filter(({ account }) => account !== this.account.get().account);
    const at = Date.now() - 3_600_000;
    const reached = ["read", "delivered", "sent"] as const;
    const receipts = others.map(({ account, displayName }, index): ReceiptView => {
      const { [index % reached.length]: far = "sent" } = reached;
      const deliveredAt = far === "sent" ? undefined : at + index * 60_000;
      const readAt = far === "read" && deliveredAt !== undefined ? deliveredAt + 300_000 : undefined;
      return { account, displayName, reached: far, deliveredAt, readAt };
    });
    return { from: "server", receipts };
  }

  async versions(conversation: string, message: string): Promise<VersionsView> {
    return this.#get(conversation).versions(message);
  }

  async search(conversation: string, query: string): Promise<SearchPage> {
    const { results, searched } = this.#get(conversation).search(query);
    return { results, searched, next: undefined, complete: false };
  }

  async searchAgain(conversation: string, query: string, ids: readonly string[]): Promise<readonly SearchResult[]> {
    return this.#get(conversation)
      .search(query)
      .results.filter(({ id }) => ids.includes(id));
  }

  reconnect(): void {
    this.connection.set({ kind: "connecting" });
    setTimeout(() => this.connection.set({ kind: "online" }), 1500);
  }

  /** Below any message somebody has said something, once it was looked at. */
  #thread(id: string): DemoConversation {
    const known = this.#threads.get(id);
    if (known !== undefined) return known;
    const [self, ...people] = demoPeople.slice(0, 4);
    if (self === undefined) throw new Error("The demo has no people");
    const seed = { id, kind: "thread", title: "", people, self, count: 3, unread: 0, endsAt: Date.now() } as const;
    const thread = new DemoConversation({ ...seed, typing: [], draft: "", online: new Set(), texts: [] });
    this.#threads.set(id, thread);
    return thread;
  }

  #start(kind: "direct" | "group", people: readonly DemoPerson[], title: string): string {
    const id = newId();
    const self = demoPeople.find((one) => one.account === this.account.get().account) ?? demoPeople[0];
    if (self === undefined) throw new Error("The demo has no people");
    const seed = { id, kind, title, people, self, count: 1, unread: 0, endsAt: Date.now(), texts: [] } as const;
    const conversation = new DemoConversation({ ...seed, typing: [], draft: "", online: new Set() });
    this.#conversations.set(id, conversation);
    this.#tell();
    return id;
  }

  #later(afterMs: number, conversation: DemoConversation, id: string, status: MessageStatus): void {
    setTimeout(() => {
      conversation.change(id, (row: MessageRow) => ({ ...row, status, ordinal: row.ordinal ?? conversation.length }));
      this.#tell();
    }, afterMs);
  }

  #get(id: string): DemoConversation {
    const conversation = this.#conversations.get(id) ?? this.#threads.get(id);
    if (conversation === undefined) throw new Error(`No conversation ${id}`);
    return conversation;
  }

  #tell(): void {
    this.conversations.set(this.#list());
  }

  #list(): ConversationListView {
    const conversations = [...this.#conversations.values()]
      .map((one) => one.view())
      .sort((one, other) => other.at - one.at);
    const threads = [...this.#followed].flatMap(([id, thread]) => {
      const one = this.#threads.get(id);
      return one === undefined ? [] : [{ ...one.view(), thread }];
    });
    return { loaded: true, pending: 0, holdUp: this.#holdUp, conversations, threads };
  }
}

export function newId(): string {
  return uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
