import { threadConversationId } from "@parley/protocol";
import type { PostDraft } from "../api/engine.ts";
import type { PreferenceChange } from "../api/preference-change.ts";
import type { ScheduleDraft } from "../api/scheduled-view.ts";
import type { ThreadPlace } from "../api/thread-place.ts";
import { knowsAccount } from "../core/account-log.ts";
import { isConnected } from "../core/connection-state.ts";
import { isOnlyLookedAt } from "../core/followed.ts";
import { expectsCount } from "../core/unread-count.ts";
import type { StoredMeta, StoredState } from "../ports/client-store.ts";
import type { Task } from "./actor.ts";
import type { Batch } from "./batch.ts";
import { followBody, preferenceBody } from "./command-body.ts";
import { Commands } from "./commands.ts";
import { Connector } from "./connector.ts";
import { Conversations } from "./conversations.ts";
import { CorrectedTime } from "./corrected-time.ts";
import { DraftKeeper } from "./drafts.ts";
import type { EngineConfig } from "./engine-config.ts";
import { EngineError } from "./engine-error.ts";
import { Expirer } from "./expirer.ts";
import { Forwarder } from "./forwarder.ts";
import { HiddenKeeper } from "./hidden.ts";
import { HoleFiller } from "./hole-filler.ts";
import { Invites } from "./invites.ts";
import { LeftOutKeeper } from "./left-out.ts";
import { MarkKeeper } from "./marks.ts";
import { MentionReader } from "./mention-reader.ts";
import { MessageReader } from "./message-reader.ts";
import { Model } from "./model.ts";
import { Outbox } from "./outbox.ts";
import { OutboxReporter } from "./outbox-reporter.ts";
import { PictureReader } from "./picture-reader.ts";
import { PreferenceKeeper } from "./preferences.ts";
import { PrivacyKeeper } from "./privacy.ts";
import { QuoteKeeper } from "./quotes.ts";
import { ReceiptReader } from "./receipts.ts";
import { Receiver } from "./receiver.ts";
import { ReminderKeeper } from "./reminders.ts";
import { Reporter } from "./reporter.ts";
import { Requests } from "./requests.ts";
import { Restoration } from "./restoration.ts";
import { Retries } from "./retries.ts";
import { RoomMaker } from "./room-maker.ts";
import type { EngineRules } from "./rules.ts";
import { SavedKeeper } from "./saved.ts";
import { SavedReader } from "./saved-reader.ts";
import { ScheduledKeeper } from "./scheduled.ts";
import { Searcher } from "./searcher.ts";
import { SignalKeeper } from "./signals.ts";
import { Submissions } from "./submissions.ts";
import { Submitter } from "./submitter.ts";
import { ThreadLooker } from "./thread-looker.ts";
import { UnreadKeeper } from "./unread-keeper.ts";
import { VersionReader } from "./version-reader.ts";
import { Windows } from "./windows.ts";
import { Wire } from "./wire.ts";

/** The parts of an engine, wired together: what follows from a batch, and what a lost connection means to each. */
export class EngineParts {
  readonly model: Model;
  readonly outbox: Outbox;
  readonly commands: Commands;
  readonly preferences: PreferenceKeeper;
  readonly saved: SavedKeeper;
  readonly savedReader: SavedReader;
  readonly scheduled: ScheduledKeeper;
  readonly reminders: ReminderKeeper;
  readonly leftOut: LeftOutKeeper;
  readonly messages: MessageReader;
  readonly marks: MarkKeeper;
  readonly drafts: DraftKeeper;
  readonly signals: SignalKeeper;
  readonly windows: Windows;
  readonly reporter: Reporter;
  readonly retries: Retries;
  readonly forwarder: Forwarder;
  readonly roomMaker: RoomMaker;
  readonly receipts: ReceiptReader;
  readonly versions: VersionReader;
  readonly pictures: PictureReader;
  readonly invites: Invites;
  readonly mentions: MentionReader;
  readonly searcher: Searcher;
  readonly outboxReporter: OutboxReporter;
  readonly connector: Connector;
  readonly #config: EngineConfig;
  readonly #rules: EngineRules;
  readonly #time: CorrectedTime;
  readonly #requests: Requests;
  readonly #conversations: Conversations;
  readonly #expirer: Expirer;
  readonly #submitter: Submitter;
  readonly #unread: UnreadKeeper;
  readonly #hidden: HiddenKeeper;
  readonly #looker: ThreadLooker;
  /** The next Hello names no heads, so that every conversation is Reset. */
  #asksForAll = false;
  /** The next Hello names no account head, so that all that the account keeps is told. */
  #asksForAccount = false;

  /** @param push makes the engine process one more input */
  constructor(config: EngineConfig, rules: EngineRules, push: (task: Task) => void) {
    const { clock, random, store, account } = config;
    const viewer = account.account;
    const again = (): void => push({ run: () => undefined });
    const wire = new Wire();
    this.#time = new CorrectedTime(clock);
    this.#config = config;
    this.#rules = rules;
    this.model = new Model({ account: viewer, device: "", incarnation: "", accountHead: 0, doubted: [] });
    this.outbox = new Outbox(() => clock.now());
    this.#requests = new Requests(wire);
    const restoration = new Restoration(this.model, this.outbox, this.#requests, rules);
    this.#conversations = new Conversations({
      model: this.model,
      outbox: this.outbox,
      requests: this.#requests,
      restoration,
      rules,
      time: this.#time,
      viewer,
    });
    this.#expirer = new Expirer({
      store,
      conversations: this.#conversations,
      clock,
      time: this.#time,
      again: () => push({ run: (batch) => this.#expire(batch) }),
    });
    const holdsBack = (log: string) => restoration.holdsBack(log);
    const submissions = new Submissions(this.outbox, clock, holdsBack, rules.takeSubmissions);
    this.#submitter = new Submitter(this.outbox, submissions, wire, clock, again);
    this.#hidden = new HiddenKeeper(this.model, this.outbox);
    this.#unread = new UnreadKeeper(this.model, this.#hidden, rules, viewer);
    this.marks = new MarkKeeper(this.model, this.#hidden, wire, clock, viewer, again);
    this.drafts = new DraftKeeper(this.model, wire, clock, rules, viewer, again);
    this.signals = new SignalKeeper(this.model, wire, clock, () =>
      push({ run: (batch) => this.signals.expire(batch) }),
    );
    const filler = new HoleFiller(wire, this.#requests, this.#conversations, viewer);
    const quotes = new QuoteKeeper(wire, this.#requests, this.outbox, rules, () => this.#time.serverNow());
    this.#looker = new ThreadLooker({
      model: this.model,
      wire,
      outbox: this.outbox,
      conversations: this.#conversations,
      viewer,
      isShown: (id) => [...this.windows.all].some(({ conversation }) => conversation === id),
    });
    this.windows = new Windows({
      model: this.model,
      hidden: this.#hidden,
      wire,
      filler,
      outbox: this.outbox,
      quotes,
      looker: this.#looker,
      now: () => clock.now(),
      leavesNoTrace: rules.leavesNoTrace,
    });
    this.roomMaker = new RoomMaker(this.model, this.windows, store);
    this.commands = new Commands(this.model, this.outbox, clock, random, viewer, this.#time);
    this.retries = new Retries(this.commands, this.outbox);
    this.forwarder = new Forwarder(this.model, this.outbox, this.commands, this.#time, viewer);
    this.receipts = new ReceiptReader(this.model, wire, this.#requests, viewer);
    this.searcher = new Searcher(this.model, this.outbox, this.#hidden, clock, viewer);
    this.invites = new Invites({
      model: this.model,
      outbox: this.outbox,
      commands: this.commands,
      wire,
      requests: this.#requests,
      random,
    });
    this.mentions = new MentionReader({
      model: this.model,
      outbox: this.outbox,
      wire,
      requests: this.#requests,
      hidden: this.#hidden,
    });
    this.versions = new VersionReader(wire, this.#requests);
    this.pictures = new PictureReader(this.model, this.outbox, wire, this.#requests);
    this.preferences = new PreferenceKeeper(this.model, this.outbox, clock, this.#time, () =>
      push({ run: makeAllUrgent }),
    );
    this.saved = new SavedKeeper(this.model, this.outbox);
    this.messages = new MessageReader(this.model, this.outbox, wire, this.#requests, this.#hidden);
    this.savedReader = new SavedReader(this.saved, this.messages);
    this.scheduled = new ScheduledKeeper(this.model, this.outbox, this.commands, this.#time);
    this.reminders = new ReminderKeeper(this.model, this.outbox, this.commands, this.#time);
    this.leftOut = new LeftOutKeeper(this.model, this.outbox, rules);
    this.reporter = new Reporter({
      model: this.model,
      outbox: this.outbox,
      windows: this.windows,
      quotes,
      preferences: this.preferences,
      saved: this.saved,
      scheduled: this.scheduled,
      reminders: this.reminders,
      hidden: this.#hidden,
      clock,
      time: this.#time,
      rules,
      account,
      tellLater: (delayMs) => void clock.after(delayMs, () => push({ run: makeUrgent })),
    });
    this.outboxReporter = new OutboxReporter(this.model, this.outbox, clock, again, (log) =>
      restoration.isDoubted(log),
    );
    const receiver = new Receiver({
      model: this.model,
      conversations: this.#conversations,
      submitter: this.#submitter,
      requests: this.#requests,
      restoration,
      marks: this.marks,
      drafts: this.drafts,
      signals: this.signals,
      privacy: new PrivacyKeeper(this.model),
      time: this.#time,
      looker: this.#looker,
      askForAccount: (batch) => this.#askForAccount(batch),
    });
    this.connector = new Connector(config, wire, {
      push,
      hello: () => this.#hello(),
      frame: (frame, batch) => receiver.receive(frame, this.connector, batch),
      lost: (batch) => this.#lost(batch),
      checkOwner: (batch) => this.model.putMeta(this.model.meta, batch),
    });
  }

  /** Makes what is stored the model. */
  async adopt(stored: StoredState, meta: StoredMeta, batch: Batch): Promise<void> {
    this.model.load(stored, meta);
    this.#time.recall(meta.clockError);
    this.outbox.load(stored.outbox, stored.links);
    await this.#expirer.erase(batch);
    // The outbox is another one, also where what is stored of the account is the same.
    batch.touched.add(meta.account);
    this.preferences.refresh(batch);
    this.saved.refresh(batch);
    this.scheduled.refresh(batch);
    this.reminders.refresh(batch);
    this.#hidden.refresh(batch);
    batch.touchedAll = true;
    batch.urgent = true;
    for (const conversation of this.model.conversations.values()) {
      if (expectsCount(conversation.stored, this.#hidden.in(conversation.id)))
        await this.#unread.count(conversation, batch);
    }
  }

  /** Queues a message; the draft that it was ends with it. */
  post({ id, conversation, text, sentAt, draft, replyTo = "", thread, alsoAs }: PostDraft, batch: Batch): void {
    if (this.outbox.get(id) === undefined) {
      if (thread !== undefined) this.commands.followThread(this.commands.newId(), thread, batch);
      const clears = draft === undefined ? 0 : this.drafts.versionEndedBy(conversation, draft);
      this.commands.post(id, conversation, { text, replyTo, forwarded: false }, clears, batch, this.#time.of(sentAt));
      if (thread !== undefined && alsoAs !== undefined) {
        const also = { id: alsoAs, text, after: id, thread: conversation };
        this.commands.postAlso(also, thread, batch, this.#time.of(sentAt));
      }
    }
    // Also of a message that is queued: its tab may have saved the draft again after another tab had handed the message over.
    if (draft !== undefined) this.drafts.posted(conversation, draft, batch);
  }

  followThread(id: string, thread: ThreadPlace, following: boolean, batch: Batch): string {
    if (following) return this.commands.followThread(id, thread, batch);
    const log = threadConversationId(thread.conversation, thread.root);
    this.commands.enqueue(id, log, followBody(false), batch);
    return log;
  }

  /** Connects anew as if nothing were held: every conversation comes by Reset. The outbox stays. */
  resync(batch: Batch): void {
    this.#asksForAll = true;
    this.#connectAnew(batch);
  }

  /** Queues a setting of how a conversation is treated. */
  prefer(id: string, conversation: string, change: PreferenceChange, batch: Batch): void {
    const setting = this.preferences.settingOf(change, this.reporter.endOf(conversation));
    this.commands.enqueue(id, this.model.meta.account, preferenceBody(conversation, setting), batch);
  }

  /** Queues that a message is saved, or no more. */
  save(id: string, conversation: string, message: string, saved: boolean, batch: Batch): void {
    const body = { case: "setSaved", value: { conversation, message, saved } } as const;
    this.commands.enqueue(id, this.model.meta.account, body, batch);
  }

  /** Queues that somebody is blocked, or no more. */
  block(id: string, account: string, blocked: boolean, batch: Batch): void {
    const body = { case: "setBlocked", value: { account, blocked } } as const;
    this.commands.enqueue(id, this.model.meta.account, body, batch);
  }

  /** Queues that a message is posted later; the draft that it was ends with it. */
  schedule(scheduled: ScheduleDraft, batch: Batch): void {
    const { id, conversation, draft } = scheduled;
    if (this.outbox.get(id) === undefined) this.scheduled.schedule(scheduled, batch);
    if (draft !== undefined) this.drafts.write(conversation, "", draft, batch);
  }

  /** Queues that messages are shown no more. */
  hide(id: string, conversation: string, messages: readonly string[], batch: Batch): void {
    const value = { conversation, messages: [...messages] };
    this.commands.enqueue(id, this.model.meta.account, { case: "hideMessages", value }, batch);
  }

  /** Queues that nothing is shown any more of what is in a conversation now. */
  clear(id: string, conversation: string, unlists: boolean, batch: Batch): void {
    const last = this.model.conversations.get(conversation)?.stored.newest;
    if (last === undefined) throw new EngineError("not-found", "This device knows of nothing in this conversation.");
    const value = { conversation, messages: [last.id], upTo: last.ordinal, unlists };
    this.commands.enqueue(id, this.model.meta.account, { case: "hideMessages", value }, batch);
  }

  /** What follows from all inputs of a batch together. */
  async finish(batch: Batch): Promise<void> {
    if (isConnected(this.connector.state)) {
      this.#asksForAll = false;
      this.#asksForAccount = false;
    }
    if (this.connector.state.kind === "syncing" && this.#conversations.areCurrent) {
      this.connector.step({ kind: "synced" }, batch);
    }
    this.#hidden.refresh(batch);
    await this.#unread.refresh(batch);
    await this.look(batch);
    this.marks.flush(batch);
    this.drafts.flush(batch);
    this.#submitter.flush(batch);
    this.preferences.refresh(batch);
    this.saved.refresh(batch);
    this.scheduled.refresh(batch);
    this.reminders.refresh(batch);
    this.leftOut.refresh(batch);
    await this.outboxReporter.refresh(batch);
    this.#expirer.stored(batch.allStaged);
  }

  /** Shown at once: what is over is not to be read. */
  async #expire(batch: Batch): Promise<void> {
    await this.#expirer.erase(batch);
    makeAllUrgent(batch);
  }

  /** Reads what list and windows show. */
  async look(batch: Batch): Promise<void> {
    await this.#hidden.findNewest(batch);
    await this.windows.refresh(batch);
  }

  /** False if the server was asked already, and is one that cannot tell. */
  #askForAccount(batch: Batch): boolean {
    if (this.#asksForAccount) return false;
    this.#asksForAccount = true;
    this.#connectAnew(batch);
    return true;
  }

  #connectAnew(batch: Batch): void {
    this.connector.step({ kind: "broken" }, batch);
    this.connector.step({ kind: "try-now" }, batch);
  }

  #hello() {
    const { account, device, incarnation, accountHead: known } = this.model.meta;
    const asksForAccount = this.#asksForAll || this.#asksForAccount || !knowsAccount(this.model.meta);
    const accountHead = asksForAccount ? 0 : known;
    const named = this.#asksForAll ? [] : [...this.model.conversations.values()];
    const told = named.filter(({ stored }) => !isOnlyLookedAt(stored.state, account));
    const heads = this.#rules.headsToName(told.map(({ stored }) => stored));
    const draftsKnown = this.drafts.known;
    return { device, name: this.#config.deviceName, incarnation, accountHead, heads, draftsKnown, account };
  }

  #lost(batch: Batch): void {
    this.outbox.lost(batch);
    this.#submitter.lost();
    this.#requests.lost(batch);
    this.#conversations.lost();
    this.#looker.lost();
    this.windows.lost();
    this.marks.lost();
    this.drafts.lost();
    this.signals.lost(batch);
  }
}

function makeAllUrgent(batch: Batch): void {
  batch.touchedAll = true;
  batch.urgent = true;
}

function makeUrgent(batch: Batch): void {
  batch.urgent = true;
}
