import type {
  ConfirmedDraft,
  OutboxEntry,
  StoreChange,
  StoredConversation,
  StoredLink,
  StoredMeta,
  StoredPicture,
  StoredState,
} from "@parley/client";
import { disappearsAt } from "@parley/log";
import type { Entry, Profile } from "@parley/protocol";
import { StoredEntries } from "./stored-entries.ts";

/** Everything that a store holds, in memory. Rows are shared, not copied: nobody changes a row that was stored. */
export class StoredImage {
  #meta: StoredMeta | undefined;
  #conversations = new Map<string, StoredConversation>();
  #entries = new Map<string, StoredEntries>();
  #pictures = new Map<string, StoredPicture>();
  #profiles = new Map<string, Profile>();
  #outbox = new Map<string, OutboxEntry>();
  #links = new Map<string, StoredLink>();
  #drafts = new Map<string, string>();
  #confirmedDrafts = new Map<string, ConfirmedDraft>();

  copy(): StoredImage {
    const copy = new StoredImage();
    copy.#meta = this.#meta;
    copy.#conversations = new Map(this.#conversations);
    for (const [conversation, entries] of this.#entries) copy.#entries.set(conversation, entries.copy());
    copy.#pictures = new Map(this.#pictures);
    copy.#profiles = new Map(this.#profiles);
    copy.#outbox = new Map(this.#outbox);
    copy.#links = new Map(this.#links);
    copy.#drafts = new Map(this.#drafts);
    copy.#confirmedDrafts = new Map(this.#confirmedDrafts);
    return copy;
  }

  /** How many rows it holds. */
  get rows(): number {
    const history = [this.#conversations, this.#pictures, this.#profiles, this.#confirmedDrafts];
    const maps = [...history, this.#outbox, this.#links, this.#drafts];
    const entries = [...this.#entries.values()].reduce((sum, held) => sum + held.size, 0);
    return maps.reduce((sum, { size }) => sum + size, entries);
  }

  state(): StoredState {
    return {
      meta: this.#meta,
      conversations: [...this.#conversations.values()],
      profiles: [...this.#profiles.values()],
      outbox: [...this.#outbox.values()].sort(byLogAndPosition),
      links: [...this.#links.values()],
      drafts: [...this.#drafts].map(([conversation, text]) => ({ conversation, text })),
      confirmedDrafts: [...this.#confirmedDrafts.values()],
    };
  }

  entries(conversation: string, from: number, to: number): readonly Entry[] {
    return this.#entries.get(conversation)?.between(from, to) ?? [];
  }

  disappearing(most: number): readonly Entry[] {
    const timed = [...this.#entries.values()].flatMap((entries) => entries.disappearing());
    return timed.sort((one, other) => (disappearsAt(one) ?? 0) - (disappearsAt(other) ?? 0)).slice(0, most);
  }

  picture(conversation: string): StoredPicture | undefined {
    return this.#pictures.get(conversation);
  }

  entriesById(conversation: string, ids: readonly string[]): readonly Entry[] {
    return this.#entries.get(conversation)?.withIds(ids) ?? [];
  }

  apply(changes: readonly StoreChange[]): void {
    for (const change of changes) this.#apply(change);
  }

  #apply(change: StoreChange): void {
    switch (change.kind) {
      case "meta":
        this.#meta = change.meta;
        return;
      case "conversation":
        this.#conversations.set(change.conversation.id, change.conversation);
        return;
      case "forget-conversation":
        this.#conversations.delete(change.id);
        this.#entries.delete(change.id);
        this.#pictures.delete(change.id);
        return;
      case "picture":
        this.#pictures.set(change.picture.conversation, change.picture);
        return;
      case "forget-picture":
        this.#pictures.delete(change.conversation);
        return;
      case "entries":
        for (const entry of change.entries) this.#entriesOf(entry.conversation).put(entry);
        return;
      case "forget-entries":
        this.#entriesOf(change.conversation).forget(change.from, change.to);
        return;
      case "profiles":
        for (const profile of change.profiles) this.#profiles.set(profile.account, profile);
        return;
      case "outbox":
        this.#outbox.set(change.entry.id, change.entry);
        return;
      case "forget-outbox":
        this.#outbox.delete(change.id);
        return;
      case "link":
        this.#links.set(change.link.log, change.link);
        return;
      case "draft":
        if (change.text === "") this.#drafts.delete(change.conversation);
        else this.#drafts.set(change.conversation, change.text);
        return;
      case "confirmed-draft":
        this.#confirmedDrafts.set(change.draft.conversation, change.draft);
        return;
      case "forget-history":
        this.#confirmedDrafts.clear();
        this.#conversations.clear();
        this.#entries.clear();
        this.#pictures.clear();
        this.#profiles.clear();
        return;
      default:
        change satisfies never;
    }
  }

  #entriesOf(conversation: string): StoredEntries {
    const held = this.#entries.get(conversation);
    if (held !== undefined) return held;
    const entries = new StoredEntries();
    this.#entries.set(conversation, entries);
    return entries;
  }
}

function byLogAndPosition(one: OutboxEntry, other: OutboxEntry): number {
  if (one.log !== other.log) return one.log < other.log ? -1 : 1;
  return one.position - other.position;
}
