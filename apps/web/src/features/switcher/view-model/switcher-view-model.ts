import type { Clock, ConversationListView, ConversationView, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { FindPeople, Person } from "../../people/view-model/person.ts";
import { type MatchText, matchRank, matchText } from "./match-rank.ts";
import { conversationOption, personOption, type SwitcherOption } from "./switcher-option.ts";

export interface SwitcherSnapshot {
  readonly query: string;
  readonly options: readonly SwitcherOption[];
  /** The one that Enter goes to; -1 if there is none. */
  readonly active: number;
  /** How many were found, read aloud. */
  readonly note: string;
}

export interface SwitcherPorts {
  readonly conversations: Observable<ConversationListView>;
  /** The conversation that one comes from. */
  readonly open: string | undefined;
  readonly account: string;
  readonly findPeople: FindPeople;
  readonly clock: Clock;
  readonly texts: Texts;
  /** Goes to a conversation, or to the one with this person. */
  readonly go: (to: { readonly conversation: string } | { readonly person: string }) => void;
}

const PAUSE_MS = 120;
/** More is found by typing more. */
const SHOWN = 50;

interface Found {
  readonly name: MatchText;
  readonly others: readonly MatchText[];
}

/** Finds conversations at once, from what this device holds, and people a moment later, from the server too, if it is there. */
export class SwitcherViewModel implements Observable<SwitcherSnapshot> {
  readonly #ports: SwitcherPorts;
  readonly #snapshot: ObservedValue<SwitcherSnapshot>;
  readonly #stopListening: () => void;
  readonly #found = new WeakMap<ConversationView, Found>();
  #people: readonly Person[] = [];
  #stopWaiting: () => void = () => {};

  constructor(ports: SwitcherPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<SwitcherSnapshot>({ query: "", options: [], active: -1, note: "" });
    this.#stopListening = ports.conversations.subscribe(() => this.#offer(this.#activeKey()));
    this.#offer(undefined);
  }

  get = (): SwitcherSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  dispose = (): void => {
    this.#stopListening();
    this.#stopWaiting();
  };

  setQuery = (query: string): void => {
    this.#stopWaiting();
    this.#snapshot.change({ query });
    this.#offer(undefined);
    if (query.trim() === "") return;
    this.#stopWaiting = this.#ports.clock.after(PAUSE_MS, () => void this.#findPeople(query));
  };

  /** @param step 1 for the next option, -1 for the one before; goes round */
  moveActive = (step: 1 | -1): void => {
    const { options, active } = this.get();
    if (options.length > 0) this.#snapshot.change({ active: (active + step + options.length) % options.length });
  };

  choose = (option = this.get().options[this.get().active]): void => {
    if (option === undefined) return;
    this.#ports.go(option.kind === "conversation" ? { conversation: option.id } : { person: option.id });
  };

  async #findPeople(query: string): Promise<void> {
    try {
      const people = await this.#ports.findPeople(query.trim());
      if (query !== this.get().query) return;
      this.#people = people;
      this.#offer(this.#activeKey());
    } catch {
      // Without the server there are those that this device knows.
    }
  }

  #activeKey(): string | undefined {
    const { options, active } = this.get();
    return options[active]?.id;
  }

  /** @param keep what stays the active one, wherever it goes */
  #offer(keep: string | undefined): void {
    const { texts, conversations } = this.#ports;
    const { query } = this.get();
    const all = conversations.get().conversations.filter(({ unlisted }) => !unlisted);
    const wanted = matchText(query);
    const options =
      wanted.whole === ""
        ? this.#unreadFirst(all).map((conversation) => conversationOption(conversation, texts))
        : [
            ...this.#matching(all, wanted).map((conversation) => conversationOption(conversation, texts)),
            ...this.#others(all, wanted).map((person) => personOption(person, texts)),
          ];
    const shown = options.slice(0, SHOWN);
    const kept = keep === undefined ? -1 : shown.findIndex((option) => option.id === keep);
    const active = kept < 0 && shown.length > 0 ? 0 : kept;
    const note = wanted.whole === "" ? "" : texts.switcher.found(options.length);
    this.#snapshot.change({ options: shown, active, note });
  }

  /** What is unread, then the rest, by recency; the one that one comes from is where nobody wants to go. */
  #unreadFirst(all: readonly ConversationView[]): readonly ConversationView[] {
    const { open } = this.#ports;
    const rank = ({ id, unread, markedUnread }: ConversationView) =>
      id === open ? 2 : unread > 0 || markedUnread ? 0 : 1;
    return all.toSorted((one, other) => rank(one) - rank(other)).slice(0, SHOWN);
  }

  /** The best first, and by recency among equals. */
  #matching(all: readonly ConversationView[], wanted: MatchText): readonly ConversationView[] {
    const ranked = all.flatMap((conversation) => {
      const { name, others } = this.#foundIn(conversation);
      const rank = matchRank(name, others, wanted);
      return rank === undefined ? [] : [{ conversation, rank }];
    });
    return ranked.sort((one, other) => one.rank - other.rank).map(({ conversation }) => conversation);
  }

  #foundIn(conversation: ConversationView): Found {
    const known = this.#found.get(conversation);
    if (known !== undefined) return known;
    const name = matchText(conversationTitle(conversation, this.#ports.texts));
    const others = conversation.people.map(({ displayName, userName }) => matchText(`${displayName} ${userName}`));
    const found = { name, others };
    this.#found.set(conversation, found);
    return found;
  }

  /** Whom one has no conversation with yet: those one meets in groups, and those that the server found. */
  #others(all: readonly ConversationView[], wanted: MatchText): readonly Person[] {
    const left = new Set([this.#ports.account]);
    for (const { kind, people } of all) {
      const [other] = people;
      if (kind === "direct" && other !== undefined) left.add(other.account);
    }
    const people = new Map<string, Person>();
    for (const person of [...all.flatMap((conversation) => conversation.people), ...this.#people]) {
      const { account, displayName, userName } = person;
      if (left.has(account) || people.has(account) || userName === "") continue;
      if (matchRank(matchText(displayName), [matchText(userName)], wanted) !== undefined) people.set(account, person);
    }
    return [...people.values()];
  }
}
