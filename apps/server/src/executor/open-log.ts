import {
  applyToConversation,
  applyToEntry,
  conversationOf,
  entryOf,
  expiryOf,
  isRequestedOf,
  targetOf,
} from "@parley/log";
import { type Conversation, ConversationKind, type Entry, type Event, type Member } from "@parley/protocol";
import { conversationState } from "../log/conversation-state.ts";
import { placedInThread } from "../log/inherited-sight.ts";
import type { LogTransaction } from "../log/log-transaction.ts";
import type { ConversationRecord, DueRecord, MemberRecord } from "../log/records.ts";
import type { EditPolicy } from "./edit-policy.ts";
import { withoutContent } from "./facts.ts";
import { historyTag } from "./history-tag.ts";
import { placedMember } from "./placed-member.ts";

/** What a command adds to a log. */
export interface Deed {
  readonly id: string;
  readonly author: string;
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly body: Event["body"];
  /** In a thread: the head of its parent; absent elsewhere. */
  readonly parentSeq?: number;
}

/** What an event did. */
export interface Step {
  /** With the content that the command brought. */
  readonly event: Event;
  /** The entry it changed, as it was before. */
  readonly target: Entry | undefined;
  readonly joined: readonly string[];
  readonly parted: readonly string[];
}

/** One conversation's log inside a transaction. Rows change by the folds of packages/log alone. */
export class OpenLog {
  readonly id: string;
  readonly #transaction: LogTransaction;
  readonly #edits: EditPolicy;
  readonly #members = new Map<string, MemberRecord | undefined>();
  readonly #events: Event[] = [];
  /** The row as this transaction has it; undefined until there is one. */
  #stored: ConversationRecord | undefined;
  /** Whether more than the position of the log differs from what is stored. */
  #stateChanged = false;
  #record: ConversationRecord | undefined;
  #state: Conversation | undefined;

  constructor(transaction: LogTransaction, edits: EditPolicy, id: string, record: ConversationRecord | undefined) {
    this.id = id;
    this.#transaction = transaction;
    this.#edits = edits;
    this.#stored = record;
    this.#record = record;
  }

  get record(): ConversationRecord | undefined {
    return this.#record;
  }

  get head(): number {
    return this.#record?.head ?? 0;
  }

  get changed(): boolean {
    return this.#events.length > 0;
  }

  /** Seq of the first event of this transaction that followers have work with; undefined if none. */
  firstFollowed(followed: (event: Event) => boolean): number | undefined {
    return this.#events.find(followed)?.seq;
  }

  async member(account: string): Promise<MemberRecord | undefined> {
    if (!this.#members.has(account)) this.#members.set(account, await this.#transaction.member(this.id, account));
    return this.#members.get(account);
  }

  /** Of a direct conversation: a member blocks the other from an entry on, or does so no more, as the rows will say. */
  noteBlocked(account: string, blockedAfter: number | undefined): void {
    const member = this.#members.get(account);
    if (member !== undefined) this.#members.set(account, { ...member, blockedAfter });
  }

  /** The conversation with all its members. */
  async state(): Promise<Conversation | undefined> {
    if (this.#state === undefined && this.#record !== undefined) {
      const members = await this.#transaction.members(this.id);
      for (const member of members) this.#members.set(member.account, member);
      this.#state = conversationState(this.#record, members);
    }
    return this.#state;
  }

  async presentMembers(): Promise<readonly MemberRecord[]> {
    await this.state();
    return [...this.#members.values()].filter((member): member is MemberRecord => member?.present === true);
  }

  async entry(id: string): Promise<Entry | undefined> {
    return (await this.#transaction.entry(this.id, id))?.entry;
  }

  /** Gives the deed the next seq and carries it out on every row that it concerns. */
  async append({ id, author, sentAt, receivedAt, body, parentSeq = 0 }: Deed): Promise<Step> {
    const ordinal = (this.#record?.entryHead ?? 0) + 1;
    const event: Event = {
      $typeName: "parley.v1.Event",
      log: this.id,
      seq: this.head + 1,
      id,
      author,
      sentAt,
      receivedAt,
      tag: historyTag(this.#record?.tag ?? 0, id, receivedAt),
      ordinal,
      parentSeq,
      body,
    };
    const made = entryOf(event);
    if (made === undefined) event.ordinal = 0;
    else await this.#addEntry(made);
    const target = await this.#applyToTarget(event);
    const change = await this.#applyToState(event);
    const touched = made?.ordinal ?? target?.ordinal ?? 0;
    await this.#transaction.addEvent({ event: withoutContent(event), touched });
    this.#advance(event, made !== undefined);
    await this.#begin();
    this.#events.push(event);
    return { event, target, ...change };
  }

  /** Writes what every event of the transaction would otherwise write again. */
  async flush(): Promise<void> {
    if (this.#record === undefined || this.#record === this.#stored) return;
    if (this.#stateChanged) await this.#transaction.putConversation(this.#record);
    else await this.#transaction.putPosition(this.#record);
    this.#stored = this.#record;
    this.#stateChanged = false;
  }

  /** A new conversation is written at once: later commands of the transaction look for threads among the rows. */
  async #begin(): Promise<void> {
    if (this.#stored !== undefined || this.#record === undefined) return;
    await this.#transaction.addConversation(this.#record);
    this.#stored = this.#record;
    this.#stateChanged = false;
  }

  async #applyToTarget(event: Event): Promise<Entry | undefined> {
    const id = targetOf(event);
    const before = id === undefined ? undefined : await this.entry(id);
    if (before === undefined) return undefined;
    const after = applyToEntry(before, event);
    await this.#changeVersions(before, event);
    await this.#changeExpiry(before, after);
    await this.#transaction.changeEntry(before, after);
    return before;
  }

  async #addEntry(entry: Entry): Promise<void> {
    await this.#transaction.addEntry(entry);
    const expiry = expiryOf(entry);
    if (expiry === undefined) return;
    await this.#transaction.putDue({ ...expiryDue(entry), at: expiry.at });
    if (!expiry.running) await this.#transaction.addUnreadExpiry(entry);
  }

  /** What is deleted before its time is due no more. */
  async #changeExpiry(before: Entry, after: Entry): Promise<void> {
    const [former, now] = [expiryOf(before), expiryOf(after)];
    if (former === undefined || former === now) return;
    if (now === undefined) await this.#transaction.forgetDue(expiryDue(before));
    else await this.#transaction.putDue({ ...expiryDue(before), at: now.at });
    if (!former.running) await this.#transaction.forgetUnreadExpiry(before.conversation, before.ordinal);
  }

  /** What a message said before goes where it is kept, and goes for good with the message. */
  async #changeVersions(before: Entry, event: Event): Promise<void> {
    if (before.body.case !== "message") return;
    const { versions } = this.#edits;
    if (event.body.case === "edited" && versions > 0) await this.#transaction.keepVersion(before, versions);
    const wasEdited = before.body.value.editedAt > 0;
    if (event.body.case === "erased" && wasEdited) {
      await this.#transaction.forgetVersions(before.conversation, before.ordinal);
    }
  }

  async #applyToState(event: Event): Promise<Pick<Step, "joined" | "parted">> {
    if (!concernsState(event, this.#record)) return { joined: [], parted: [] };
    const before = await this.state();
    const after = before === undefined ? conversationOf(event) : applyToConversation(before, event);
    if (after === undefined) throw new Error(`The log ${this.id} does not begin with its creation.`);
    this.#state = after;
    this.#record = { ...this.#headOf(after), ...this.#positionOf() };
    this.#stateChanged = true;
    const joined: string[] = [];
    const parted: string[] = [];
    for (const member of after.members) {
      if (member.rev !== event.seq) continue;
      const former = this.#members.get(member.account);
      const placed = await this.#placed(former, member, event, after);
      this.#members.set(member.account, placed);
      await this.#transaction.putMember(this.id, placed);
      if (placed.present && former?.present !== true) joined.push(member.account);
      if (!placed.present && former?.present === true) parted.push(member.account);
    }
    return { joined, parted };
  }

  /** Who comes to a thread, or goes, makes no entry by that. */
  async #placed(former: MemberRecord | undefined, member: Member, event: Event, after: Conversation) {
    const placed = placedMember(former, member, event, after);
    if (after.kind === ConversationKind.DIRECT) return this.#placedInDirect(placed, after);
    if (after.kind !== ConversationKind.THREAD) return placed;
    return { ...placed, intervals: await placedInThread(this.#transaction, this.id, member.intervals) };
  }

  /** Who is blocked may begin it all the same: the other one's devices leave it out. */
  async #placedInDirect(placed: MemberRecord, { members }: Conversation): Promise<MemberRecord> {
    const other = members.find(({ account }) => account !== placed.account)?.account ?? "";
    const blocked = await this.#transaction.blockedPerson(placed.account, other);
    return { ...placed, blockedAfter: blocked?.ordinal };
  }

  #headOf(conversation: Conversation) {
    const { id, kind, encryption, history, title, description, rev, createdBy, createdAt, parent, root } = conversation;
    const { pinnedMessages, invites, joinRequests, timerSeconds, request, picture } = conversation;
    return {
      id,
      kind,
      encryption,
      history,
      title,
      description,
      rev,
      createdBy,
      createdAt,
      parent,
      root,
      pinnedMessages,
      invites,
      joinRequests,
      timerSeconds,
      request,
      picture,
    };
  }

  #positionOf() {
    const { head = 0, entryHead = 0, tag = 0, activeAt = 0, timedUpTo = 0 } = this.#record ?? {};
    return { head, entryHead, tag, activeAt, timedUpTo };
  }

  #advance(event: Event, madeEntry: boolean): void {
    const record = this.#record;
    if (record === undefined) throw new Error(`The log ${this.id} does not exist.`);
    this.#record = {
      ...record,
      head: event.seq,
      tag: event.tag,
      entryHead: madeEntry ? event.ordinal : record.entryHead,
      activeAt: madeEntry ? event.receivedAt : record.activeAt,
      timedUpTo: isTimed(event) ? event.ordinal : record.timedUpTo,
    };
  }
}

function isTimed({ body }: Event): boolean {
  return body.case === "posted" && body.value.expiry !== undefined;
}

/** That its time comes, whoever may have left by then. */
function expiryDue({ conversation, id: subject }: Entry): Omit<DueRecord, "at"> {
  return { kind: "expiry", account: "", conversation, subject };
}

/** Most erasures concern a message that is not pinned: no row of a member is read for them. */
function concernsState(event: Event, record: ConversationRecord | undefined): boolean {
  switch (event.body.case) {
    case "created":
    case "titleSet":
    case "descriptionSet":
    case "pictureSet":
    case "roleSet":
    case "membersAdded":
    case "membersRemoved":
    case "memberLeft":
    case "memberJoined":
    case "memberLetIn":
    case "joinRequested":
    case "joinRequestEnded":
    case "inviteMade":
    case "inviteRevoked":
    case "messagePinned":
    case "messageUnpinned":
    case "followed":
    case "unfollowed":
    case "timerSet":
      return true;
    case "posted":
      return record !== undefined && isRequestedOf(record, event.author);
    case "erased":
      return record?.pinnedMessages.includes(event.body.value.target) === true;
    default:
      return false;
  }
}
