import {
  type ConversationView,
  everyoneView,
  type MemberView,
  type MessageRow,
  type Observable,
  type ReactionView,
  type ScheduleDraft,
  type Timeline,
  type TimelineView,
} from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { typingText } from "../../../texts/conversation-titles.ts";
import { isConnected } from "../../../texts/shown-status.ts";
import { whenTimesChange } from "../../../texts/when-times-change.ts";
import { AnsweredMessage } from "./answered-message.ts";
import { Arrivals } from "./arrivals.ts";
import { ComposerViewModel } from "./composer-view-model.ts";
import { type ConversationHeader, conversationHeader } from "./conversation-header.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import { type ConversationTimer, conversationTimer } from "./conversation-timer.ts";
import { copiedText, type SelectedMessage } from "./copied-text.ts";
import { findDay } from "./find-day.ts";
import type { KeptPlace } from "./kept-places.ts";
import { type MessageActions, messageActions } from "./message-actions.ts";
import { newThread, type OpenedThread, withoutBeginning } from "./opened-thread.ts";
import { type PinnedMessage, PinnedMessages } from "./pinned-messages.ts";
import { type QuoteItem, QuoteItems } from "./quote-items.ts";
import { ReadTracker } from "./read-tracker.ts";
import { ReadingPlace } from "./reading-place.ts";
import { Selecting } from "./selecting.ts";
import type { TimelineItem } from "./timeline-item.ts";
import { TimelineItems } from "./timeline-items.ts";
import { type LoadState, TimelineLoading } from "./timeline-loading.ts";
import { Writing } from "./writing.ts";

export interface ConversationSnapshot {
  /** Undefined while it is not among the conversations of this device. */
  readonly header: ConversationHeader | undefined;
  readonly loaded: boolean;
  readonly items: readonly TimelineItem[];
  readonly atOldest: boolean;
  readonly atNewest: boolean;
  readonly older: LoadState;
  readonly newer: LoadState;
  readonly unread: number;
  /** Those of the unread that mention oneself. */
  readonly mentions: number;
  /** "Ana is typing…" */
  readonly typing: string;
  readonly writable: boolean;
  /** Of a thread: whether what is sent next is sent to its conversation, too. */
  readonly alsoSends: boolean;
  /** Of a thread: whether one is told of it. */
  readonly following: boolean;
  /** A message to go to and point out; another object each time. */
  readonly pointed: { readonly id: string; readonly focus: boolean } | undefined;
  /** What is unread begins below what is in view. */
  readonly behindUnread: boolean;
  /** The row to begin at, and where; another object where that is to be gone to now. */
  readonly begin: BeginAt;
  /** The message that what is being written answers. */
  readonly answering: QuoteItem | undefined;
  /** Messages that are pinned in it, the one pinned last first. */
  readonly pinned: readonly PinnedMessage[];
  /** How many messages of one's own wait to be sent here. */
  readonly scheduled: number;
  /** After how long messages disappear. */
  readonly timer: ConversationTimer;
}

export interface BeginAt {
  readonly key: string;
  /** In pixels below the upper edge; undefined for where what is unread begins. */
  readonly top?: number | undefined;
}

/** The line before what is unread. */
const UNREAD: BeginAt = { key: "unread" };

const NO_ITEMS: readonly TimelineItem[] = [];
const NOTHING_PINNED: readonly PinnedMessage[] = [];

/** One open conversation: its messages, and what can be done with them. Begins to listen at once; dispose it when it goes out of view. */
export class ConversationViewModel implements Observable<ConversationSnapshot> {
  readonly id: string;
  readonly thread: OpenedThread | undefined;
  readonly composer: ComposerViewModel;
  readonly writing: Writing;
  readonly selecting: Selecting;
  readonly #ports: ConversationPorts;
  readonly #people: () => readonly MemberView[];
  readonly #timeline: Timeline;
  readonly #loading: TimelineLoading;
  readonly #items: TimelineItems;
  readonly #quotes: QuoteItems;
  readonly #pinned: PinnedMessages;
  readonly #arrivals: Arrivals;
  readonly #reads: ReadTracker;
  readonly #place: ReadingPlace;
  readonly #answered: AnsweredMessage;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<ConversationSnapshot>;
  #headerOf:
    | { readonly conversation: ConversationView; readonly today: string; readonly header: ConversationHeader }
    | undefined;
  #timerOf: { readonly key: string; readonly timer: ConversationTimer } | undefined;
  #pointed: ConversationSnapshot["pointed"];
  #begin: BeginAt;
  #alsoSends = false;

  /**
   * @param thread where it is one: then whoever writes there follows it
   * @param people who may read it, as long as the engine knows nothing of it: nobody has begun it
   */
  constructor(
    id: string,
    ports: ConversationPorts,
    thread?: OpenedThread,
    people: () => readonly MemberView[] = () => [],
  ) {
    const { engine, clock, texts, format } = ports;
    this.id = id;
    this.thread = thread;
    this.#people = people;
    this.#ports = ports;
    this.#timeline = engine.openTimeline(id);
    this.#loading = new TimelineLoading(this.#timeline, () => this.#update());
    this.#quotes = new QuoteItems(texts);
    this.#items = new TimelineItems(texts, format, this.#quotes);
    this.#pinned = new PinnedMessages(texts, format);
    this.#arrivals = new Arrivals(texts);
    this.#reads = new ReadTracker(ports.attention, clock, (ordinal) => engine.markRead(id, ordinal));
    const left = ports.places.get(id);
    this.#begin = left === undefined ? UNREAD : { key: left.id, top: left.top };
    this.#place = new ReadingPlace({
      left,
      timeline: this.#timeline,
      reads: this.#reads,
      clock,
      unread: () => (this.#conversation()?.unread ?? 0) > 0,
      opened: () => this.#update(),
    });
    this.composer = new ComposerViewModel({
      conversation: id,
      clock,
      keeper: ports.keeper,
      send: (text, draft, replyTo) => this.#send(text, draft, replyTo),
      schedule: (text, draft, replyTo, at) => this.#schedule({ text, draft, replyTo, at }),
      edit: (target, text) => void this.#edit(target, text),
      lastOwn: () => this.#lastOwn(),
      typing: (active) => engine.typing(id, active),
      saveDraft: (text, from) => engine.saveDraft(id, text, from),
    });
    this.writing = new Writing(this.composer, { ...ports, people: () => this.#mentionable() });
    this.selecting = new Selecting({
      ...ports,
      conversation: id,
      timeline: this.#timeline,
      actionsOf: (row) => this.#actionsOf(row),
    });
    this.#answered = new AnsweredMessage(this.#timeline, this.composer, () => this.#update());
    this.#snapshot = new ObservedValue(this.#draw());
    this.#disposables.add(
      () => this.#timeline.close(),
      () => this.#answered.dispose(),
      this.#timeline.subscribe(() => this.#timelineChanged()),
      engine.conversations.subscribe(() => this.#update()),
      engine.connection.subscribe(() => this.#connectionChanged()),
      engine.account.subscribe(() => this.#update()),
      whenTimesChange(ports, () => this.#update()),
      () => this.#place.dispose(),
      () => this.#reads.dispose(),
      () => this.writing.dispose(),
      () => this.composer.dispose(),
    );
    this.#timelineChanged();
  }

  get = (): ConversationSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  loadOlder = (again = false): void => void this.#loading.loadOlder(again);
  loadNewer = (again = false): void => void this.#loading.loadNewer(again);

  jumpToNewest = (): Promise<void> =>
    this.#timeline.get().atNewest ? Promise.resolve() : this.#attempt(this.#timeline.jumpToNewest());

  /** Brings the first unread message into view, behind the line before it. */
  goToUnread = async (): Promise<void> => {
    const { notices, texts } = this.#ports;
    if (!(await notices.attempt(this.#place.goToUnread(), texts.conversation.loadFailed))) return;
    this.#begin = { ...UNREAD };
    this.#update();
  };

  /** @param sticks whether the view stays at the newest message */
  stick = (sticks: boolean): void => {
    this.#timeline.stick(sticks).catch(() => undefined);
    this.#place.stick(sticks);
  };

  /** Tells of every change in the conversation, whether its rows are in the window or not. */
  get changes(): Pick<Observable<unknown>, "subscribe"> {
    return this.#timeline;
  }

  /**
   * Brings a message into view.
   *
   * @param ordinal undefined while it waits to be sent
   * @param focus whether it gets the focus, too
   */
  showMessage = async (id: string, ordinal: number | undefined, focus = false): Promise<void> => {
    this.#place.open();
    const moved = ordinal === undefined ? this.#timeline.jumpToNewest() : this.#timeline.jumpTo(ordinal);
    const { notices, texts } = this.#ports;
    if (!(await notices.attempt(moved, texts.conversation.loadFailed))) return;
    // What was looked for may stand at its end.
    this.#items.setUnfolded(id, true);
    this.#pointed = { id, focus };
    this.#update();
  };

  /** Brings the first unread message that mentions oneself into view. */
  goToNextMention = async (): Promise<void> => {
    const { engine, notices, texts } = this.#ports;
    const found = await engine.nextMention(this.id);
    if (found !== undefined) await this.showMessage(found.id, found.ordinal);
    else notices.show(texts.mentions.notHere);
  };

  /** Brings the first message from a time on into view, and says so where there is none or it is not here. */
  showFrom = async (at: number): Promise<void> => {
    const { engine, notices, texts } = this.#ports;
    const probe = engine.openTimeline(this.id);
    try {
      const found = await findDay(probe, at);
      if (found.kind === "found") await this.showMessage(found.id, found.ordinal);
      else notices.show(found.kind === "none" ? texts.search.noneFrom : texts.search.notHeldFrom);
    } finally {
      probe.close();
    }
  };

  /** Shows a long message as a whole, or its beginning alone. */
  setUnfolded = (id: string, unfolded: boolean): void => {
    this.#items.setUnfolded(id, unfolded);
    this.#update();
  };

  /** Shows what somebody who is blocked wrote. */
  showFolded = (id: string): void => {
    this.#items.show(id);
    this.#update();
  };

  /** @param ordinal the greatest one in view */
  inView = (ordinal: number): void => {
    this.#reads.inView(ordinal);
    if (this.#place.isBehindUnread !== this.get().behindUnread) this.#update();
  };

  /** @param place where somebody reads; undefined at the newest message */
  keepPlace = (place: KeptPlace | undefined): void => this.#ports.places.keep(this.id, place);

  /** What may be done with a message; undefined for what is not a message, or not in the window. */
  actionsFor = (id: string): MessageActions | undefined => {
    const row = this.#message(id);
    return row && this.#actionsOf(row);
  };

  hasThread = (id: string): boolean => this.#message(id)?.thread !== undefined;

  /** When a message was written; undefined where it is not in the window. */
  writtenAt = (id: string): number | undefined => this.#message(id)?.at;

  /** Who wrote a message; undefined where it is not in the window. */
  authorOf = (id: string): { readonly account: string; readonly name: string } | undefined => {
    const row = this.#message(id);
    return row && { account: row.author, name: row.authorName };
  };

  react = (id: string, emoji: string, set: boolean): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.react(newId(), this.id, id, emoji, set));
  };

  /** Who reacted to a message, by emoji. */
  reactionsTo = (id: string): readonly ReactionView[] => this.#message(id)?.reactions ?? [];

  /** Keeps a message among the saved ones, or no more. */
  save = (id: string, saved: boolean): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.save(newId(), this.id, id, saved));
  };

  clearReminder = (id: string): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.clearReminder(newId(), this.id, id));
  };

  /** What is written from now on answers a message. False where it cannot be answered. */
  reply = (id: string): boolean => {
    if (this.actionsFor(id)?.canReply !== true) return false;
    this.composer.cancelEdit();
    this.composer.setReply(id);
    return true;
  };

  /** Follows the thread that this is, or no more. */
  follow = (following: boolean): void => {
    const { engine, newId } = this.#ports;
    if (this.thread !== undefined) void this.#attempt(engine.followThread(newId(), this.thread, following));
  };

  /** Whether what is sent next is sent to the conversation of this thread, too. */
  setAlsoSends = (also: boolean): void => {
    this.#alsoSends = also;
    this.#update();
  };

  /** After how many seconds messages disappear that are written from now on; 0: they stay. */
  setTimer = (seconds: number): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.setTimer(newId(), this.id, seconds));
  };

  /** Goes to the message that a message answers. */
  goToAnswered = (id: string): void => {
    const quote = this.#message(id)?.quote;
    if (quote !== undefined) void this.showMessage(quote.id, quote.ordinal, true);
  };
  /** Pins a message for all members, or no more. */
  pin = (id: string, pinned: boolean): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.pinMessage(newId(), this.id, id, pinned));
  };

  /** Has something read out that is seen already. */
  announce = (text: string): void => this.#ports.notices.announce(text);

  startEdit = (id: string): void => {
    const row = this.#message(id);
    if (row?.body.kind === "text") this.composer.startEdit(id, row.body.text);
  };

  deleteForEveryone = (id: string): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.deleteMessage(newId(), this.id, id));
  };

  deleteForMe = (id: string): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.hide(newId(), this.id, [id]));
  };

  copy = async (id: string): Promise<void> => {
    const row = this.#message(id);
    if (row?.body.kind !== "text") return;
    const { notices, copyText, texts } = this.#ports;
    const copied = await notices.attempt(copyText(row.body.text), texts.conversation.copyFailed);
    if (copied) notices.show(texts.conversation.copied);
  };

  /** What a selection over messages is copied as. */
  copiedText = (selected: readonly SelectedMessage[]): string => {
    const { format, texts } = this.#ports;
    const items = new Map(this.get().items.map((item) => [item.key, item]));
    const copied = selected.flatMap((one) => {
      const row = this.#message(one.id);
      const item = items.get(one.id);
      return row === undefined || item?.kind !== "message" ? [] : [{ ...one, row, author: item.author.name }];
    });
    return copiedText(copied, format, texts);
  };

  /** Sends a failed message again. */
  retry = (id: string): void => void this.#attempt(this.#ports.engine.retry(id));

  discard = (id: string): void => void this.#attempt(this.#ports.engine.discard(id));

  /** A message that was never sent goes back into the composer. */
  takeBack = (id: string): void => {
    const row = this.#message(id);
    if (row?.status?.kind !== "failed" || row.ordinal !== undefined || row.body.kind !== "text") return;
    this.composer.takeBack(row.body.text, row.quote?.id);
    this.discard(id);
  };

  /** Handed off, it is shown before this returns. If it could not be queued then, its row says so and still has the text. */
  #send(text: string, draft: string, replyTo: string | undefined): Promise<boolean> | undefined {
    const { engine, clock, newId, handOff, notices, texts } = this.#ports;
    const place = this.thread && {
      thread: { conversation: this.thread.conversation, root: this.thread.root },
      ...(this.#alsoSends && { alsoAs: newId() }),
    };
    this.#alsoSends = false;
    const post = { id: newId(), conversation: this.id, text, sentAt: clock.now(), draft, replyTo, ...place };
    const handedOff = handOff(post);
    const queued = engine.post(post);
    // What is sent is seen at once, even on the way to what is unread.
    this.#place.open();
    void this.jumpToNewest();
    if (!handedOff) return notices.attempt(queued, texts.conversation.notSent);
    queued.catch(() => {});
    return undefined;
  }

  async #schedule(what: Omit<ScheduleDraft, "id" | "conversation">): Promise<boolean> {
    const { engine, newId, notices, texts, format, clock } = this.#ports;
    const queued = engine.schedule({ id: newId(), conversation: this.id, ...what });
    const kept = await notices.attempt(queued, texts.conversation.notSent);
    if (kept) notices.announce(texts.scheduled.done(format.moment(what.at, clock.now())));
    return kept;
  }

  /** What could not be kept comes back into the composer. */
  async #edit(target: string, text: string): Promise<void> {
    const { engine, notices, texts, newId } = this.#ports;
    const kept = await notices.attempt(engine.edit(newId(), this.id, target, text), texts.conversation.actionFailed);
    if (!kept) this.composer.giveBack(target, text);
  }

  async #attempt(action: Promise<unknown>): Promise<void> {
    await this.#ports.notices.attempt(action, this.#ports.texts.conversation.actionFailed);
  }

  #lastOwn(): { readonly id: string; readonly text: string } | undefined {
    const row = this.#timeline
      .get()
      .rows.findLast((one) => one.kind === "message" && one.mine && one.body.kind === "text");
    if (row?.kind !== "message" || row.body.kind !== "text") return undefined;
    return this.actionsFor(row.id)?.canEdit === true ? { id: row.id, text: row.body.text } : undefined;
  }

  #others(): readonly MemberView[] {
    const self = this.#ports.account.get().account;
    const { members } = this.#timeline.get();
    return (members.length > 0 ? members : this.#people()).filter(({ account }) => account !== self);
  }

  /** Whom a message may name: everyone first, where one may. */
  #mentionable() {
    const others = this.#others();
    if (!this.#timeline.get().rights.mentionEveryone) return others;
    return [{ ...everyoneView, displayName: this.#ports.texts.completions.everyone }, ...others];
  }

  #actionsOf(row: MessageRow): MessageActions | undefined {
    const conversation = this.#conversation();
    return conversation && messageActions(row, conversation, this.#timeline.get(), this.#ports.format);
  }

  #message(id: string): MessageRow | undefined {
    const row = this.#timeline.get().rows.find((one) => one.id === id);
    return row?.kind === "message" ? row : undefined;
  }

  #conversation(): ConversationView | undefined {
    const { conversations, threads = [] } = this.#ports.engine.conversations.get();
    const find = (id: string) => conversations.find((one) => one.id === id);
    if (this.thread === undefined) return find(this.id);
    const parent = find(this.thread.conversation);
    return threads.find((one) => one.id === this.id) ?? (parent && newThread(this.id, this.thread, parent));
  }

  #timelineChanged(): void {
    const view = this.#timeline.get();
    this.#place.timelineChanged(view);
    this.selecting.timelineChanged();
    const spoken = this.#arrivals.next(view);
    if (spoken !== "" && this.#ports.attention.get()) this.#ports.notices.announce(spoken);
    this.#update();
  }

  #connectionChanged(): void {
    if (this.#ports.engine.connection.get().kind === "online") this.#loading.forgetFailures();
    this.#update();
  }

  #update(): void {
    const conversation = this.#conversation();
    if (conversation !== undefined) this.composer.offerDraft(conversation.draft);
    const next = this.#draw();
    if (!sameParts(this.get(), next)) this.#snapshot.set(next);
  }

  #draw(): ConversationSnapshot {
    const { texts, clock } = this.#ports;
    const view = this.#timeline.get();
    const conversation = this.#conversation();
    const opening = this.#place.isOpening;
    const connected = isConnected(this.#ports.engine.connection.get());
    const answered = this.#answered.quote;
    const context = {
      group: conversation?.kind === "group" || conversation?.kind === "thread",
      selfName: this.#ports.account.get().displayName,
      dividerAfter: this.#place.dividerAfter,
      atOldest: view.loaded && view.atOldest && this.thread === undefined,
      connected,
    };
    return {
      header: this.#header(conversation),
      loaded: (view.loaded || (this.thread?.begun === false && view.rows.length === 0)) && !opening,
      items: opening
        ? NO_ITEMS
        : this.#items.build(this.thread === undefined ? view.rows : withoutBeginning(view.rows), context, clock.now()),
      atOldest: view.atOldest,
      atNewest: view.atNewest,
      older: this.#loading.older,
      newer: this.#loading.newer,
      unread: conversation?.unread ?? 0,
      mentions: conversation?.mentions ?? 0,
      typing: conversation === undefined ? "" : typingText(conversation, texts),
      writable: conversation?.writable ?? false,
      alsoSends: this.#alsoSends,
      following: conversation?.thread?.following ?? false,
      pointed: this.#pointed,
      behindUnread: this.#place.isBehindUnread,
      begin: this.#begin,
      answering: answered && this.#quotes.of(answered, connected),
      pinned: opening ? NOTHING_PINNED : this.#pinned.draw(view.pinned, clock.now()),
      scheduled: this.#scheduled,
      timer: this.#timer(view, conversation?.kind),
    };
  }

  /** The same object as long as nothing changes. */
  #timer({ timerSeconds, rights }: TimelineView, kind: ConversationView["kind"] | undefined): ConversationTimer {
    const key = `${timerSeconds} ${rights.setTimer} ${kind}`;
    if (this.#timerOf?.key !== key) {
      this.#timerOf = { key, timer: conversationTimer({ timerSeconds, rights }, kind, this.#ports.texts) };
    }
    return this.#timerOf.timer;
  }

  get #scheduled(): number {
    const all = this.#ports.engine.account.get().scheduled ?? [];
    return all.filter(({ conversation }) => conversation === this.id).length;
  }

  #header(conversation: ConversationView | undefined): ConversationHeader | undefined {
    const { texts, format, clock } = this.#ports;
    const now = clock.now();
    const today = format.today(now);
    if (this.#headerOf?.conversation !== conversation || this.#headerOf?.today !== today) {
      this.#headerOf =
        conversation === undefined
          ? undefined
          : { conversation, today, header: conversationHeader(conversation, texts, format, now) };
    }
    return this.#headerOf?.header;
  }
}

/** So that the views are not drawn again for a change elsewhere. */
function sameParts(one: ConversationSnapshot, other: ConversationSnapshot): boolean {
  return (Object.keys(other) as (keyof ConversationSnapshot)[]).every((part) => one[part] === other[part]);
}
