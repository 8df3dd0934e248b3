import {
  type ConversationView,
  type InviteView,
  type MemberView,
  MentionFinder,
  type MessageRow,
  type MessageStatus,
  type PinnedMessageView,
  type PreferencesView,
  type QuoteView,
  quoteOfRow,
  type RightsView,
  type SearchResult,
  type TimelineRow,
  type VersionsView,
} from "@parley/client";
import { demoTexts } from "./demo-messages.ts";
import type { DemoPerson } from "./demo-people.ts";

export interface DemoConversationSeed {
  readonly id: string;
  readonly kind: ConversationView["kind"];
  readonly title: string;
  readonly people: readonly DemoPerson[];
  readonly self: DemoPerson;
  readonly count: number;
  readonly unread: number;
  readonly endsAt: number;
  readonly typing: readonly string[];
  readonly draft: string;
  readonly online: ReadonlySet<string>;
  /** What its first messages say; the others say something of everyday. */
  readonly texts: readonly string[];
}

const statuses: readonly MessageStatus["kind"][] = ["read", "read", "delivered", "sent"];

export interface DemoPicture {
  readonly id: string;
  readonly bytes: () => Promise<Uint8Array>;
}

/** A made-up conversation whose rows are made when they are looked at. */
export class DemoConversation {
  readonly timelines = new Set<{ update(grewBy: number): void }>();
  readonly id: string;
  members: readonly MemberView[];
  read: number;
  typing: readonly string[];
  draft: string;
  preferences: PreferencesView = { pinned: false, mutedUntil: 0, archived: false };
  title: string;
  description = "";
  timerSeconds = 0;
  /** Undefined where it has none. */
  picture: DemoPicture | undefined;
  /** Undefined where it is no message request, or none any more. */
  request: ConversationView["request"];
  invites: readonly InviteView[] = [];
  readonly #seed: DemoConversationSeed;
  readonly #rows = new Map<number, TimelineRow>();
  #pinned: readonly string[] = [];
  #length: number;

  constructor(seed: DemoConversationSeed) {
    this.#seed = seed;
    this.id = seed.id;
    this.title = seed.title;
    this.typing = seed.typing;
    this.draft = seed.draft;
    this.#length = seed.count;
    this.read = seed.count - seed.unread;
    this.members = [seed.self, ...seed.people].map((person, index) => ({
      ...person,
      online: seed.online.has(person.account),
      role: index === 0 ? "owner" : index === 1 ? "admin" : "member",
      removable: index > 0,
      otherRoles: index === 0 ? [] : index === 1 ? ["owner", "member"] : ["owner", "admin"],
    }));
  }

  /** Those of the owner of a group. */
  get rights(): RightsView {
    const owned = this.#seed.kind === "group";
    const described = { setTitle: owned, setDescription: owned, setPicture: owned };
    const rights = { ...described, addMembers: owned, deleteOthersMessages: owned };
    return { ...rights, setTimer: true, inviteByLink: owned, pinMessages: true, mentionEveryone: owned, leave: owned };
  }

  get length(): number {
    return this.#length;
  }

  row(index: number): TimelineRow {
    const known = this.#rows.get(index);
    if (known !== undefined) return known;
    const made = this.#make(index);
    this.#rows.set(index, made);
    return made;
  }

  /** Ids of the messages that somebody has looked at. */
  madeMessages(): readonly string[] {
    return [...this.#rows.values()].flatMap((row) => (row.kind === "message" ? [row.id] : []));
  }

  /** The one pinned last first. */
  get pinned(): readonly PinnedMessageView[] {
    const rows = new Map([...this.#rows.values()].map((row) => [row.id, row]));
    return this.#pinned.flatMap((id) => {
      const row = rows.get(id);
      if (row?.kind !== "message" || row.body.kind === "deleted") return [];
      const { ordinal, authorName, mine, at, body } = row;
      return [{ id, ordinal, authorName, mine, at, body }];
    });
  }

  /** Made up from what it says now. */
  versions(id: string): VersionsView {
    const row = [...this.#rows.values()].find((one) => one.id === id);
    if (row?.kind !== "message" || row.body.kind !== "text") return { current: undefined, versions: [], more: false };
    const { text } = row.body;
    const words = text.split(" ");
    const former = [words.slice(0, -1), words.slice(0, -2)].map((some) => some.join(" ") || text);
    const versions = former.map((said, index) => ({ seq: 2 - index, text: said, at: row.at - (index + 1) * 60_000 }));
    return { current: { seq: 3, text, at: row.at }, versions, more: false };
  }

  pin(id: string, pinned: boolean): void {
    const others = this.#pinned.filter((other) => other !== id);
    this.#pinned = pinned ? [id, ...others] : others;
    this.#tell(0);
  }

  /** What a message says, with whom it mentions. */
  body(text: string, edited: boolean): MessageRow["body"] {
    const { self, people } = this.#seed;
    const found = new MentionFinder([self, ...people]).find(text);
    const mentions = [...new Set(found.map(({ person }) => person))].map((person) => ({
      ...person,
      me: person === self,
    }));
    return { kind: "text", text, edited, mentions };
  }

  /** A message that another one answers; undefined where there is none such. */
  quote(id: string): QuoteView | undefined {
    const row = [...this.#rows.values()].find((one) => one.id === id);
    return row?.kind === "message" ? quoteOfRow(row) : undefined;
  }

  /** What a message has that answers another one. */
  answering(id: string | undefined): { readonly quote?: QuoteView } {
    const quote = id === undefined ? undefined : this.quote(id);
    return quote === undefined ? {} : { quote };
  }

  add(row: TimelineRow): void {
    this.#rows.set(this.#length, row);
    this.#length += 1;
    this.#tell(1);
  }

  find(id: string): MessageRow | undefined {
    for (const row of this.#rows.values()) if (row.id === id && row.kind === "message") return row;
    return undefined;
  }

  change(id: string, change: (row: MessageRow) => MessageRow): void {
    for (const [index, row] of this.#rows) {
      if (row.id === id && row.kind === "message") this.#rows.set(index, change(row));
    }
    this.#tell(0);
  }

  /** A plain one, to look at: the newest 2,000 messages that contain the text. */
  search(query: string): { readonly results: readonly SearchResult[]; readonly searched: number } {
    const results: SearchResult[] = [];
    let searched = 0;
    for (let index = this.length - 1; index >= Math.max(0, this.length - 2_000) && results.length < 50; index--) {
      const row = this.row(index);
      if (row.kind !== "message" || row.body.kind !== "text") continue;
      searched += 1;
      const { text } = row.body;
      const at = text.toLowerCase().indexOf(query.trim().toLowerCase());
      if (at < 0) continue;
      const { id, ordinal, author, authorName, mine } = row;
      const end = at + query.trim().length;
      const cut = { before: text.slice(0, at), hit: text.slice(at, end), after: text.slice(end) };
      const excerpt = [
        { text: cut.before, hit: false },
        { text: cut.hit, hit: true },
        { text: cut.after, hit: false },
      ];
      results.push({ id, ordinal, author, authorName, mine, at: row.at, excerpt });
    }
    return { results, searched };
  }

  view(): ConversationView {
    const { kind, people, online } = this.#seed;
    const newest = this.row(this.#length - 1);
    const message = newest.kind === "message" ? newest : undefined;
    return {
      id: this.id,
      kind,
      title: kind === "direct" ? (people[0]?.displayName ?? "") : this.title,
      ...(this.picture !== undefined && { picture: this.picture.id }),
      ...(this.request !== undefined && { request: this.request }),
      people: people
        .slice(0, 8)
        .map((person) => ({ ...person, online: this.request === undefined && online.has(person.account) })),
      memberCount: people.length + 1,
      writable: true,
      newest: {
        author: message?.author ?? "",
        authorName: message?.authorName ?? "",
        mine: message?.mine ?? false,
        text: message?.body.kind === "text" ? message.body.text : "",
        mentions: message?.body.kind === "text" ? (message.body.mentions ?? []) : [],
        kind: message === undefined ? "system" : message.body.kind === "text" ? "message" : message.body.kind,
        status: message?.status,
        what: newest.kind === "system" ? newest.what : undefined,
      },
      at: "at" in newest ? newest.at : this.#seed.endsAt,
      unread: this.request === undefined ? this.#length - this.read : 0,
      mentions: this.#length > this.read && this.request === undefined ? 1 : 0,
      typing: this.typing,
      draft: this.draft,
      ...this.preferences,
    };
  }

  /** Something but its messages changed. */
  tell(): void {
    this.#tell(0);
  }

  #tell(grewBy: number): void {
    for (const timeline of this.timelines) timeline.update(grewBy);
  }

  #make(index: number): TimelineRow {
    const { people, self, endsAt, count } = this.#seed;
    const at =
      endsAt - (count - 1 - index) * 1_700_000 + ((index * 7919) % 5) * 60_000 - (index % 3 === 0 ? 0 : 1_500_000);
    const id = `${this.id}-${index}`;
    const ordinal = index + 1;
    if (index === 0) {
      const actorName = people[0]?.displayName ?? self.displayName;
      return { kind: "system", id, ordinal, at, actorName, mine: false, what: { kind: "created", title: this.title } };
    }
    if (this.#seed.kind === "group" && index % 23 === 0 && index > this.#seed.texts.length) {
      const names = people.slice(2, 2 + (index % 5)).map((person) => person.displayName);
      const what = { kind: "members-added", names, includesMe: names.length === 0 } as const;
      return { kind: "system", id, ordinal, at, actorName: people[0]?.displayName ?? "", mine: false, what };
    }
    return this.#message(index, id, ordinal, at);
  }

  #message(index: number, id: string, ordinal: number, at: number): MessageRow {
    const { people, self, count, unread, texts } = this.#seed;
    const everyone = [self, ...people];
    const turn = Math.floor(index / 2) + Math.floor(index / 5);
    const theirs = index >= count - unread;
    const author = (theirs ? people[turn % people.length] : everyone[turn % everyone.length]) ?? self;
    const mine = author === self;
    const status = { kind: statuses[Math.max(0, index - count + 3)] ?? "read" } as MessageStatus;
    const text = texts[index - 1] ?? demoTexts[(index * 7 + this.id.length) % demoTexts.length] ?? "";
    const isDeleted = index % 29 === 0 && index > texts.length;
    const reacting = people[0] ?? self;
    return {
      kind: "message",
      id,
      ordinal,
      author: author.account,
      authorName: author.displayName,
      mine,
      at,
      body: isDeleted ? { kind: "deleted" } : this.body(text, index % 13 === 0),
      ...(index % 9 === 5 && !isDeleted && this.answering(this.row(index - 3).id)),
      reactions:
        index % 6 === 0
          ? [
              { emoji: "👍", count: 2, mine: true, people: [reacting, self] },
              { emoji: "❤️", count: 1, mine: false, people: [reacting] },
            ]
          : [],
      status: mine ? status : undefined,
    };
  }
}
