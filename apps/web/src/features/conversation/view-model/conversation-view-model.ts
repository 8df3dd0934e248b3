import { type ConversationView, everyoneView, type MemberView, type Observable, type Timeline } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { whenTimesChange } from "../../../texts/when-times-change.ts";
import { AnsweredMessage } from "./answered-message.ts";
import { Arrivals } from "./arrivals.ts";
import { ComposerViewModel } from "./composer-view-model.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import { type ConversationSnapshot, sameParts } from "./conversation-snapshot.ts";
import { Going } from "./going.ts";
import type { KeptPlace } from "./kept-places.ts";
import { MessageDeeds } from "./message-deeds.ts";
import { newThread, type OpenedThread } from "./opened-thread.ts";
import { ReadTracker } from "./read-tracker.ts";
import { ReadingPlace } from "./reading-place.ts";
import { Selecting } from "./selecting.ts";
import { Sending } from "./sending.ts";
import { SnapshotDrawing } from "./snapshot-drawing.ts";
import { TimelineLoading } from "./timeline-loading.ts";
import { UnreadMark } from "./unread-mark.ts";
import { Writing } from "./writing.ts";

/** One open conversation: its messages, and what can be done with it. Begins to listen at once; dispose it when it goes out of view. */
export class ConversationViewModel implements Observable<ConversationSnapshot> {
  readonly id: string;
  readonly thread: OpenedThread | undefined;
  readonly composer: ComposerViewModel;
  readonly writing: Writing;
  readonly selecting: Selecting;
  readonly messages: MessageDeeds;
  readonly going: Going;
  readonly #ports: ConversationPorts;
  readonly #people: () => readonly MemberView[];
  readonly #timeline: Timeline;
  readonly #loading: TimelineLoading;
  readonly #sending: Sending;
  readonly #drawing: SnapshotDrawing;
  readonly #arrivals: Arrivals;
  readonly #reads: ReadTracker;
  readonly #unreadMark: UnreadMark;
  readonly #place: ReadingPlace;
  readonly #disposables = new Disposables();
  readonly #snapshot: ObservedValue<ConversationSnapshot>;

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
    const { engine, clock, texts } = ports;
    const changed = () => this.#update();
    const about = () => this.#conversation();
    this.id = id;
    this.thread = thread;
    this.#people = people;
    this.#ports = ports;
    const timeline = engine.openTimeline(id);
    this.#timeline = timeline;
    this.#loading = new TimelineLoading(timeline, changed);
    this.#arrivals = new Arrivals(texts);
    this.#reads = new ReadTracker(ports.attention, clock, (ordinal) => {
      engine.markRead(id, ordinal);
      this.#unreadMark.read();
    });
    this.#unreadMark = new UnreadMark({
      attention: ports.attention,
      marked: () => {
        const conversation = this.#conversation();
        return conversation && conversation.markedUnread === true;
      },
      // What could not be kept is tried again when somebody looks the next time.
      end: () => void engine.prefer(ports.newId(), id, { kind: "mark-unread", unread: false }).catch(() => undefined),
    });
    this.#place = new ReadingPlace({
      left: ports.places.get(id),
      timeline,
      reads: this.#reads,
      clock,
      unread: () => (this.#conversation()?.unread ?? 0) > 0,
      opened: changed,
    });
    const shared = { ports, conversation: id, thread, timeline, place: this.#place, about, changed };
    // What is looked for may stand at the end of a long message.
    const pointing = (message: string) => this.#drawing.setUnfolded(message, true);
    this.going = new Going({ ...shared, pointing });
    this.#sending = new Sending({ ...shared, sent: () => this.#toWhatIsSent() });
    this.composer = new ComposerViewModel({
      conversation: id,
      clock,
      keeper: ports.keeper,
      send: (text, draft, replyTo) => this.#sending.send(text, draft, replyTo),
      schedule: (text, draft, replyTo, at) => this.#sending.schedule({ text, draft, replyTo, at }),
      edit: (target, text) => void this.#edit(target, text),
      lastOwn: () => this.messages.lastOwn(),
      typing: (active) => engine.typing(id, active),
      saveDraft: (text, from) => engine.saveDraft(id, text, from),
    });
    this.messages = new MessageDeeds({ ...shared, composer: this.composer, items: () => this.get().items });
    this.writing = new Writing(this.composer, { ...ports, people: () => this.#mentionable() });
    this.selecting = new Selecting({
      ...ports,
      conversation: id,
      timeline,
      actionsOf: (row) => this.messages.actionsOf(row),
    });
    const answered = new AnsweredMessage(timeline, this.composer, changed);
    const drawn = { loading: this.#loading, answered, going: this.going, sending: this.#sending };
    this.#drawing = new SnapshotDrawing({ ...shared, ...drawn });
    this.#snapshot = new ObservedValue(this.#drawing.draw());
    this.#disposables.add(
      () => timeline.close(),
      () => answered.dispose(),
      timeline.subscribe(() => this.#timelineChanged()),
      engine.conversations.subscribe(changed),
      engine.connection.subscribe(() => this.#connectionChanged()),
      engine.account.subscribe(changed),
      whenTimesChange(ports, changed),
      () => this.#place.dispose(),
      () => this.#reads.dispose(),
      () => this.#unreadMark.dispose(),
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

  /** @param sticks whether the view stays at the newest message */
  stick = (sticks: boolean): void => {
    this.#timeline.stick(sticks).catch(() => undefined);
    this.#place.stick(sticks);
  };

  /** Tells of every change in the conversation, whether its rows are in the window or not. */
  get changes(): Pick<Observable<unknown>, "subscribe"> {
    return this.#timeline;
  }

  /** Shows a long message as a whole, or its beginning alone. */
  setUnfolded = (id: string, unfolded: boolean): void => {
    this.#drawing.setUnfolded(id, unfolded);
    this.#update();
  };

  /** Shows what somebody who is blocked wrote. */
  showFolded = (id: string): void => {
    this.#drawing.showFolded(id);
    this.#update();
  };

  /** @param ordinal the greatest one in view */
  inView = (ordinal: number): void => {
    this.#reads.inView(ordinal);
    if (this.#place.isBehindUnread !== this.get().behindUnread) this.#update();
  };

  /** @param place where somebody reads; undefined at the newest message */
  keepPlace = (place: KeptPlace | undefined): void => this.#ports.places.keep(this.id, place);

  /** Follows the thread that this is, or no more. */
  follow = (following: boolean): void => {
    const { engine, newId } = this.#ports;
    if (this.thread !== undefined) void this.#attempt(engine.followThread(newId(), this.thread, following));
  };

  /** Whether what is sent next is sent to the conversation of this thread, too. */
  setAlsoSends = (also: boolean): void => this.#sending.setAlsoSends(also);

  /** After how many seconds messages disappear that are written from now on; 0: they stay. */
  setTimer = (seconds: number): void => {
    const { engine, newId } = this.#ports;
    void this.#attempt(engine.setTimer(newId(), this.id, seconds));
  };

  /** Has something read out that is seen already. */
  announce = (text: string): void => this.#ports.notices.announce(text);

  /** What is sent is seen at once, even on the way to what is unread. */
  #toWhatIsSent(): void {
    this.#place.open();
    void this.going.jumpToNewest();
  }

  /** What could not be kept comes back into the composer. */
  async #edit(target: string, text: string): Promise<void> {
    if (!(await this.#sending.edit(target, text))) this.composer.giveBack(target, text);
  }

  async #attempt(action: Promise<unknown>): Promise<void> {
    await this.#ports.notices.attempt(action, this.#ports.texts.conversation.actionFailed);
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
    this.#unreadMark.look();
    const next = this.#drawing.draw();
    if (!sameParts(this.get(), next)) this.#snapshot.set(next);
  }
}
