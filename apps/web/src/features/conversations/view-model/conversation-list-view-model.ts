import type { ConnectionView, ConversationListView, ConversationView, Observable } from "@parley/client";
import type { Route } from "../../../app/route.ts";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import { plainText } from "../../../texts/plain-text.ts";
import { isConnected } from "../../../texts/shown-status.ts";
import { type ShownTimes, whenTimesChange } from "../../../texts/when-times-change.ts";
import {
  asksForAttention,
  type ConversationItem,
  conversationItem,
  isUnread,
  type Surroundings,
} from "./conversation-item.ts";

export interface ConversationListSnapshot {
  readonly loaded: boolean;
  /** Pinned ones first, each part by recency; with a filter, archived ones too. */
  readonly items: readonly ConversationItem[];
  /** Whether it is those that were put away. */
  readonly inArchive: boolean;
  readonly archive: ArchiveSummary;
  /** Whether it is the message requests. */
  readonly inRequests: boolean;
  /** How many wait. */
  readonly requests: number;
  /** How much is unread in threads that one follows; undefined where one follows none. */
  readonly threads: number | undefined;
  /** Whether there is any conversation at all, matching or not. */
  readonly any: boolean;
  /** How many conversations have something unread, but for those that are muted, unless they mention oneself, or archived. */
  readonly unread: number;
  /** Unread messages that mention oneself, in all of them. */
  readonly mentions: number;
  readonly filter: string;
  readonly selected: string | undefined;
}

export interface ArchiveSummary {
  readonly count: number;
  /** How many of them have something unread. */
  readonly unread: number;
}

export interface ConversationListPorts extends ShownTimes {
  readonly conversations: Observable<ConversationListView>;
  readonly connection: Observable<ConnectionView>;
  readonly route: Observable<Route>;
  readonly texts: Texts;
}

interface CachedItem extends Surroundings {
  readonly conversation: ConversationView;
  readonly today: string;
  readonly item: ConversationItem;
  /** Its title, as it is looked for. */
  readonly found: string;
}

/** The list of conversations. A line whose conversation did not change is the same object. */
export class ConversationListViewModel implements Observable<ConversationListSnapshot> {
  readonly #ports: ConversationListPorts;
  readonly #snapshot: ObservedValue<ConversationListSnapshot>;
  readonly #disposables = new Disposables();
  #items = new Map<string, CachedItem>();

  constructor(ports: ConversationListPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<ConversationListSnapshot>({
      loaded: false,
      items: [],
      inArchive: false,
      archive: { count: 0, unread: 0 },
      inRequests: false,
      requests: 0,
      threads: undefined,
      any: false,
      unread: 0,
      mentions: 0,
      filter: "",
      selected: undefined,
    });
    for (const observed of [ports.conversations, ports.connection, ports.route]) {
      this.#disposables.add(observed.subscribe(this.#update));
    }
    this.#disposables.add(whenTimesChange(ports, this.#update));
    this.#update();
  }

  get = (): ConversationListSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  setFilter = (filter: string): void => {
    this.#snapshot.change({ filter });
    this.#update();
  };

  showRequests = (inRequests: boolean): void => {
    this.#snapshot.change({ inRequests, inArchive: false });
    this.#update();
  };

  showArchive = (inArchive: boolean): void => {
    this.#snapshot.change({ inArchive, inRequests: false });
    this.#update();
  };

  /** @param step 1 for the conversation below the one that is open, -1 for that above; at the end there is none */
  neighbour = (step: 1 | -1): string | undefined => {
    const { items, selected } = this.get();
    const at = items.findIndex((item) => item.id === selected);
    const next = at < 0 && step < 0 ? items.length - 1 : at + step;
    return items[next]?.id;
  };

  /** The next that has something unread and is not muted, or mentions oneself, from the one that is open on; after the end from the other end. */
  nextUnread = (step: 1 | -1): string | undefined => {
    const { items, selected } = this.get();
    const at = items.findIndex((item) => item.id === selected);
    const [before, after] = [items.slice(0, Math.max(at, 0)), items.slice(at + 1)];
    const inOrder = step > 0 ? [...after, ...before] : [...before.toReversed(), ...after.toReversed()];
    return inOrder.find(asksForAttention)?.id;
  };

  readonly #update = (): void => {
    const { conversations: list, route } = this.#ports;
    const { loaded, conversations, threads: known = [] } = list.get();
    const followed = known.filter(({ thread }) => thread?.following === true);
    const threads = followed.length === 0 ? undefined : followed.reduce((sum, one) => sum + one.unread, 0);
    const selected = route.get().conversation;
    const all = this.#draw(conversations, selected);
    const archived = all.filter(({ item }) => item.archived && !item.requested);
    const before = this.get();
    const inArchive = before.inArchive && archived.length > 0;
    const requested = all.filter(({ item }) => item.requested);
    const requests = requested.filter(({ conversation }) => conversation.request === "open").length;
    const inRequests = before.inRequests && requested.length > 0;
    const place = inRequests ? requested : placed(all, inArchive);
    const items = before.filter.trim() === "" ? place.map(({ item }) => item) : matching(all, before.filter);
    const unread = all.filter(({ item }) => asksForAttention(item) && !item.archived).length;
    const mentions = all.reduce((sum, { item }) => sum + item.mentions, 0);
    const archive = { count: archived.length, unread: archived.filter(({ item }) => isUnread(item)).length };
    this.#snapshot.change({
      loaded,
      items,
      inArchive,
      archive,
      inRequests,
      requests,
      threads,
      any: all.length > 0,
      unread,
      mentions,
      selected,
    });
  };

  #draw(conversations: readonly ConversationView[], open: string | undefined): readonly CachedItem[] {
    const { clock, connection, texts, format } = this.#ports;
    const now = clock.now();
    const today = format.today(now);
    const drawn = new Map<string, CachedItem>();
    for (const conversation of conversations) {
      const { id } = conversation;
      const isOut = conversation.unlisted === true || conversation.request === "declined";
      if (isOut && id !== open) continue;
      const old = this.#items.get(id);
      const selected = id === open;
      // Only a message on its way looks otherwise without a connection.
      const connected = conversation.newest?.status?.kind !== "sending" || isConnected(connection.get());
      const same =
        old?.conversation === conversation &&
        old.selected === selected &&
        old.connected === connected &&
        old.today === today;
      const item = same ? old.item : conversationItem(conversation, { selected, connected }, texts, format, now);
      const found = same || old?.item.title === item.title ? old.found : plainText(item.title);
      drawn.set(id, { conversation, selected, connected, today, item, found });
    }
    this.#items = drawn;
    return [...drawn.values()];
  }
}

/** What was put away, or all else with what is pinned above. */
function placed(all: readonly CachedItem[], inArchive: boolean): readonly CachedItem[] {
  const items = all.filter(({ item }) => item.archived === inArchive && !item.requested);
  if (inArchive) return items;
  return [...items.filter(({ item }) => item.pinned), ...items.filter(({ item }) => !item.pinned)];
}

function matching(all: readonly CachedItem[], filter: string): readonly ConversationItem[] {
  const wanted = plainText(filter.trim());
  return all.filter(({ found }) => found.includes(wanted)).map(({ item }) => item);
}
