import type { Entry, Profile } from "@parley/protocol";
import { type CatchUp, current } from "../core/catch-up.ts";
import { nothingHeld } from "../core/held-conversation.ts";
import type { Journal, JournalItem } from "../core/journal.ts";
import { nobodyTypes, type TypingLeases } from "../core/typing-leases.ts";
import type { ConfirmedDraft, StoredConversation, StoredMeta, StoredState } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { QuotedRows } from "./quoted-rows.ts";

/** A conversation in memory: its record, and what is not worth storing. */
export class ConversationModel {
  stored: StoredConversation;
  catchUp: CatchUp = current;
  unread: number;
  /** Those among the unread that mention the viewer. */
  mentions: number;
  /** The server must count again: what is held does not suffice. */
  recount = false;
  /** Changes with every Reset: questions asked before it are void. */
  epoch = 0;
  readonly quoted = new QuotedRows();
  /** Ids that were asked for and not given: messages from a time that this viewer may not see. */
  readonly outOfSight = new Set<string>();
  #journal: Journal | undefined;
  #openQuestions = 0;

  constructor(stored: StoredConversation) {
    this.stored = stored;
    this.unread = stored.read.unread;
    this.mentions = stored.read.mentions;
  }

  get id(): string {
    return this.stored.id;
  }

  get journal(): Journal {
    return this.#journal ?? { since: this.stored.head.seq, items: [] };
  }

  /** Rows were asked for: from now on everything that arrives is noted. */
  openQuestion(): void {
    this.#journal ??= { since: this.stored.head.seq, items: [] };
    this.#openQuestions++;
  }

  closeQuestion(): void {
    this.#openQuestions--;
    if (this.#openQuestions === 0) this.#journal = undefined;
  }

  note(items: readonly JournalItem[]): void {
    if (this.#journal !== undefined) this.#journal = { ...this.#journal, items: [...this.#journal.items, ...items] };
  }
}

/** Everything that the engine keeps in memory, besides the outbox and the windows. */
export class Model {
  readonly conversations = new Map<string, ConversationModel>();
  readonly profiles = new Map<string, Profile>();
  /** What the drafts say on this device; empty ones are left out. */
  readonly drafts = new Map<string, string>();
  readonly confirmedDrafts = new Map<string, ConfirmedDraft>();
  readonly online = new Set<string>();
  /** When people were there last who are not, by the server's clock. */
  readonly lastSeen = new Map<string, number>();
  typing: TypingLeases = nobodyTypes;
  meta: StoredMeta;
  /** Whether the local store was read. */
  loaded = false;

  constructor(meta: StoredMeta) {
    this.meta = meta;
  }

  /** Replaces everything by what is stored. */
  load(stored: StoredState, meta: StoredMeta): void {
    this.meta = meta;
    this.conversations.clear();
    this.profiles.clear();
    this.drafts.clear();
    this.confirmedDrafts.clear();
    for (const conversation of stored.conversations) {
      this.conversations.set(conversation.id, new ConversationModel(conversation));
    }
    for (const profile of stored.profiles) this.profiles.set(profile.account, profile);
    for (const { conversation, text } of stored.drafts) this.drafts.set(conversation, text);
    for (const draft of stored.confirmedDrafts) this.confirmedDrafts.set(draft.conversation, draft);
    this.loaded = true;
  }

  /** The conversation, with nothing held if it is new to the device. */
  conversation(id: string): ConversationModel {
    const known = this.conversations.get(id);
    if (known !== undefined) return known;
    const added = new ConversationModel(nothingHeld(id));
    this.conversations.set(id, added);
    return added;
  }

  /** Replaces the record of a conversation. One without state is not stored: the next Hello brings a Reset for it. */
  update(conversation: ConversationModel, stored: StoredConversation, batch: Batch): void {
    if (stored === conversation.stored) return;
    const { picture = "" } = conversation.stored.state ?? {};
    // What others have removed is left on no device.
    if (picture !== "" && stored.state?.picture !== picture) batch.forgetPicture(conversation.id);
    conversation.stored = stored;
    batch.touched.add(conversation.id);
    if (stored.state !== undefined) batch.putConversation(stored);
  }

  putMeta(meta: StoredMeta, batch: Batch): void {
    this.meta = meta;
    batch.put({ kind: "meta", meta });
  }

  putProfiles(profiles: readonly Profile[], batch: Batch): void {
    const news = profiles.filter((profile) => profile.rev > (this.profiles.get(profile.account)?.rev ?? 0));
    if (news.length === 0) return;
    for (const profile of news) this.profiles.set(profile.account, profile);
    batch.put({ kind: "profiles", profiles: news });
    batch.touchedAll = true;
  }
}

/** Rows as items of a journal. */
export function rowsOf(entries: readonly Entry[]): readonly JournalItem[] {
  return entries.map((entry) => ({ kind: "row", entry }));
}
