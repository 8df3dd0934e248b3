import { uuidV7 } from "@parley/protocol";
import type { ConnectionView } from "../api/connection-view.ts";
import type { PostDraft } from "../api/engine.ts";
import type { EngineInspection } from "../api/inspection.ts";
import { type ConnectionEvent, isConnected } from "../core/connection-state.ts";
import { expectsCount } from "../core/unread-count.ts";
import { StaleOwnerError, type StoredMeta, type StoredState } from "../ports/client-store.ts";
import { StoreError } from "../ports/store-error.ts";
import { Actor, type Generation } from "./actor.ts";
import { Batch } from "./batch.ts";
import { Commands } from "./commands.ts";
import { Connector } from "./connector.ts";
import { Conversations } from "./conversations.ts";
import { CorrectedTime } from "./corrected-time.ts";
import { DraftKeeper } from "./drafts.ts";
import type { EngineConfig } from "./engine-config.ts";
import { EngineError } from "./engine-error.ts";
import { HoleFiller } from "./hole-filler.ts";
import { inspect } from "./inspect.ts";
import { MarkKeeper } from "./marks.ts";
import { Model } from "./model.ts";
import { Outbox } from "./outbox.ts";
import { OutboxReporter } from "./outbox-reporter.ts";
import { Ownership } from "./ownership.ts";
import { isFailure, persistently } from "./persistently.ts";
import { Receiver } from "./receiver.ts";
import { type Remains, savedFrom } from "./remains.ts";
import { Reporter } from "./reporter.ts";
import { Requests } from "./requests.ts";
import { Restoration } from "./restoration.ts";
import { Retries } from "./retries.ts";
import { RoomMaker } from "./room-maker.ts";
import type { EngineRules } from "./rules.ts";
import { Searcher } from "./searcher.ts";
import { SignalKeeper } from "./signals.ts";
import { Submissions } from "./submissions.ts";
import { Submitter } from "./submitter.ts";
import { UnreadKeeper } from "./unread-keeper.ts";
import { Windows } from "./windows.ts";
import { Wire } from "./wire.ts";

/** Wires the parts of an engine together and runs them: what follows from a batch, what a failure means, how it starts and ends. */
export class EngineCore {
  readonly actor: Actor;
  readonly model: Model;
  readonly commands: Commands;
  readonly marks: MarkKeeper;
  readonly drafts: DraftKeeper;
  readonly signals: SignalKeeper;
  readonly windows: Windows;
  readonly reporter: Reporter;
  readonly retries: Retries;
  readonly searcher: Searcher;
  readonly outboxReporter: OutboxReporter;
  readonly #config: EngineConfig;
  readonly #outbox: Outbox;
  readonly #time: CorrectedTime;
  readonly #ownership: Ownership;
  readonly #requests: Requests;
  readonly #conversations: Conversations;
  readonly #submitter: Submitter;
  readonly #unread: UnreadKeeper;
  readonly #connector: Connector;
  readonly #roomMaker: RoomMaker;
  readonly #rules: EngineRules;
  #stopListening: () => void = () => undefined;
  /** What an engine held whose store was lost. */
  #remains: Remains | undefined;
  /** The next Hello names no heads, so that every conversation is Reset. */
  #asksForAll = false;

  constructor(config: EngineConfig, rules: EngineRules) {
    const { clock, random, store, account } = config;
    const viewer = account.account;
    const again = (): void => this.actor.push({ run: () => undefined });
    const wire = new Wire();
    this.#time = new CorrectedTime(clock);
    this.#ownership = new Ownership(store, clock, {
      claimed: (generation) => void this.#begin(generation).catch(() => this.#storeFailed()),
      lost: () => this.#storeFailed(),
    });
    this.#config = config;
    this.#rules = rules;
    this.model = new Model({ account: viewer, device: "", incarnation: "", accountHead: 0, doubted: [] });
    this.#outbox = new Outbox(() => clock.now());
    this.#requests = new Requests(wire);
    const restoration = new Restoration(this.model, this.#outbox, this.#requests, rules);
    this.#conversations = new Conversations({
      model: this.model,
      outbox: this.#outbox,
      requests: this.#requests,
      restoration,
      rules,
      viewer,
    });
    const isDoubted = (log: string) => restoration.isDoubted(log);
    const submissions = new Submissions(this.#outbox, clock, isDoubted, rules.takeSubmissions);
    this.#submitter = new Submitter(this.#outbox, submissions, wire, clock, again);
    this.#unread = new UnreadKeeper(this.model, rules, viewer);
    this.marks = new MarkKeeper(this.model, wire, clock, viewer, again);
    this.drafts = new DraftKeeper(this.model, wire, clock, rules, viewer, again);
    this.signals = new SignalKeeper(this.model, wire, clock, () =>
      this.actor.push({ run: (batch) => this.signals.expire(batch) }),
    );
    const filler = new HoleFiller(wire, this.#requests, this.#conversations, viewer);
    this.windows = new Windows(this.model, wire, filler, () => clock.now());
    this.#roomMaker = new RoomMaker(this.model, this.windows, store);
    this.commands = new Commands(this.model, this.#outbox, clock, random, viewer, this.#time);
    this.retries = new Retries(this.commands, this.#outbox);
    this.searcher = new Searcher(this.model, this.#outbox, clock, viewer);
    this.reporter = new Reporter({
      model: this.model,
      outbox: this.#outbox,
      windows: this.windows,
      clock,
      account,
      tellLater: (delayMs) => void clock.after(delayMs, () => this.actor.push({ run: makeUrgent })),
    });
    this.outboxReporter = new OutboxReporter(this.model, this.#outbox, clock, again, isDoubted);
    const receiver = new Receiver({
      model: this.model,
      conversations: this.#conversations,
      submitter: this.#submitter,
      requests: this.#requests,
      restoration,
      marks: this.marks,
      drafts: this.drafts,
      signals: this.signals,
      time: this.#time,
    });
    this.#connector = new Connector(config, wire, {
      push: (task) => this.actor.push(task),
      hello: () => this.#hello(),
      frame: (frame, batch) => receiver.receive(frame, this.#connector, batch),
      lost: (batch) => this.#lost(batch),
      checkOwner: (batch) => this.model.putMeta(this.model.meta, batch),
    });
    this.actor = new Actor(store, {
      finish: (batch) => this.#finish(batch),
      broken: (error, generation) => this.#broken(error, generation),
    });
  }

  /**
   * Claims the local store, shows what it holds, then connects.
   *
   * @param remains what an engine held of the outbox whose store was lost; stored again if this one is another
   */
  async start(remains: Remains | undefined): Promise<void> {
    this.#remains = remains;
    const generation = await this.#ownership.claim();
    if (generation === undefined) await this.#showOnly();
    else await this.#begin(generation);
  }

  /** Without any room: what is stored can be read, and all else begins when there is some. */
  async #showOnly(): Promise<void> {
    try {
      const stored = await this.#read();
      const { meta } = stored;
      if (meta === undefined) throw new StoreError("full", "There is no room for a new device.");
      await this.#opened("none", (batch) => this.#adopt(stored, meta, batch));
    } catch (error) {
      this.#ownership.stop();
      throw error;
    }
  }

  async #begin(generation: number): Promise<void> {
    const { network } = this.#config;
    const stored = await this.#read();
    await this.#opened(generation, (batch) => this.#load(stored, this.#remains, batch));
    const stops = [
      network.onReturn(() => this.#happened({ kind: "wake" })),
      network.onLoss(() => this.#happened({ kind: "doubt" })),
    ];
    this.#stopListening = () => {
      for (const stop of stops) stop();
    };
    this.actor.push({ run: (batch) => this.#connector.step({ kind: "start" }, batch) });
  }

  async #read(): Promise<StoredState> {
    const { store, account } = this.#config;
    const stored = await persistently(() => store.load());
    if (stored.meta === undefined || stored.meta.account === account.account) return stored;
    throw new EngineError("invalid", "This local store belongs to another account.");
  }

  #opened(generation: Generation, run: (batch: Batch) => Promise<void>): Promise<void> {
    return new Promise((done, failed) => this.actor.open(generation, { run, done, failed }));
  }

  #happened(event: ConnectionEvent): void {
    this.actor.push({ run: (batch) => this.#connector.step(event, batch) });
  }

  /** What a person does; whoever does something waits for the connection. */
  deed<T>(run: (batch: Batch) => Promise<T> | T): Promise<T> {
    return this.actor.call((batch) => {
      this.#connector.step({ kind: "wanted" }, batch);
      return run(batch);
    });
  }

  typing(conversation: string, active: boolean): void {
    this.actor.push({
      run: (batch) => {
        if (active) this.#connector.step({ kind: "wanted" }, batch);
        this.signals.report(conversation, active, batch);
      },
    });
  }

  /** Connects anew as if nothing were held: every conversation comes by Reset. The outbox stays. */
  resync(): void {
    this.actor.push({
      run: (batch) => {
        this.#asksForAll = true;
        this.#connector.step({ kind: "broken" }, batch);
        this.#connector.step({ kind: "try-now" }, batch);
      },
    });
  }

  inspect(): EngineInspection {
    return inspect(this.model, this.#outbox, this.#view());
  }

  /** Queues a message; the draft that it was ends with it. */
  post({ id, conversation, text, sentAt, draft }: PostDraft, batch: Batch): void {
    if (this.#outbox.get(id) === undefined) {
      const clears = draft === undefined ? 0 : this.drafts.versionEndedBy(conversation, draft);
      this.commands.post(id, conversation, text, clears, batch, this.#time.of(sentAt));
    }
    // Also of a message that is queued: its tab may have saved the draft again after another tab had handed the message over.
    if (draft !== undefined) this.drafts.posted(conversation, draft, batch);
  }

  /** A person does not want to wait any longer, neither for the next attempt nor for the server. */
  hurry(): void {
    this.#ownership.hurry();
    this.#happened({ kind: "try-now" });
    this.actor.push({ run: (batch) => this.#outbox.hurry(batch) });
  }

  /** Closes the socket and refuses every call from then on. Resolves once everything before it is stored. */
  async stop(): Promise<void> {
    this.#ownership.stop();
    // Where the local store could not be read nothing was ever begun, and nothing would come to its end.
    if (this.actor.isOpen) {
      await this.actor
        .call((batch) => this.#connector.step({ kind: "stop", why: "stopped" }, batch))
        .catch(() => undefined);
    }
    // Only now: what was still starting listens since then.
    this.#stopListening();
    this.actor.close();
  }

  /** What is to be kept if the local store is lost while the engine runs. */
  remains(): Remains {
    return { device: this.model.meta.device, outbox: this.#outbox.stored };
  }

  async #load(stored: StoredState, remains: Remains | undefined, batch: Batch): Promise<void> {
    const saved = remains === undefined ? [] : savedFrom(remains, stored);
    for (const entry of saved) batch.put({ kind: "outbox", entry }, "strict");
    const all = { ...stored, outbox: [...stored.outbox, ...saved] };
    await this.#adopt(all, stored.meta ?? this.#newDevice(batch), batch);
  }

  /** Makes what is stored the model. */
  async #adopt(stored: StoredState, meta: StoredMeta, batch: Batch): Promise<void> {
    this.model.load(stored, meta);
    this.#time.recall(meta.clockError);
    this.#outbox.load(stored.outbox, stored.links);
    batch.touchedAll = true;
    batch.urgent = true;
    for (const conversation of this.model.conversations.values()) {
      if (expectsCount(conversation.stored)) await this.#unread.count(conversation, batch);
    }
  }

  #newDevice(batch: Batch): StoredMeta {
    const { clock, random, account } = this.#config;
    const device = uuidV7(clock.now(), random.bytes(10));
    const meta: StoredMeta = { account: account.account, device, incarnation: "", accountHead: 0, doubted: [] };
    batch.put({ kind: "meta", meta }, "strict");
    return meta;
  }

  async #finish(batch: Batch): Promise<void> {
    if (isConnected(this.#connector.state)) this.#asksForAll = false;
    if (this.#connector.state.kind === "syncing" && this.#conversations.areCurrent) {
      this.#connector.step({ kind: "synced" }, batch);
    }
    await this.#unread.refresh(batch);
    await this.windows.refresh(batch);
    this.marks.flush(batch);
    this.drafts.flush(batch);
    this.#submitter.flush(batch);
    await this.outboxReporter.refresh(batch);
    batch.after(() => this.reporter.tell(batch, this.#view()));
  }

  #view(): ConnectionView {
    return this.#ownership.waits ? { kind: "no-room" } : this.#connector.view();
  }

  #hello() {
    const { account, device, incarnation, accountHead } = this.model.meta;
    const named = this.#asksForAll ? [] : [...this.model.conversations.values()];
    const heads = this.#rules.headsToName(named.map(({ stored }) => stored));
    const draftsKnown = this.drafts.known;
    return { device, name: this.#config.deviceName, incarnation, accountHead, heads, draftsKnown, account };
  }

  #lost(batch: Batch): void {
    this.#outbox.lost(batch);
    this.#submitter.lost();
    this.#requests.lost(batch);
    this.#conversations.lost();
    this.windows.lost();
    this.marks.lost();
    this.drafts.lost();
    this.signals.lost(batch);
  }

  /**
   * A batch failed. Another owner: stop at once. Anything else: what is stored is the truth; begin again from there, if it is still the store of this
   * device. Where there was no room, some is made.
   */
  async #broken(error: unknown, generation: Generation): Promise<boolean> {
    const batch = new Batch(this.#config.store);
    if (error instanceof StaleOwnerError) {
      this.#giveUp("superseded", batch);
      return false;
    }
    try {
      const stored = await persistently(() => this.#config.store.load());
      if (stored.meta?.device !== this.model.meta.device) throw error;
      this.#connector.step({ kind: "broken" }, batch);
      await this.#adopt(stored, stored.meta, batch);
      const madeRoom = generation !== "none" && isFailure(error, "full") && (await this.#makeRoom(generation));
      await this.windows.refresh(batch);
      batch.tell();
      this.reporter.tell(batch, this.#view());
      return madeRoom;
    } catch {
      this.#giveUp("store-failed", batch);
      return false;
    }
  }

  /** False where there is none to be made, or where even giving something up needs more than there is. */
  async #makeRoom(generation: number): Promise<boolean> {
    try {
      return await this.#roomMaker.make(generation);
    } catch (error) {
      if (isFailure(error, "full")) return false;
      throw error;
    }
  }

  #storeFailed(): void {
    if (this.actor.isOpen) this.#giveUp("store-failed", new Batch(this.#config.store));
  }

  #giveUp(why: "superseded" | "store-failed", batch: Batch): void {
    this.#stopListening();
    this.#ownership.stop();
    this.actor.close();
    this.#connector.abandon(why, batch);
    this.reporter.connection.set(this.#view());
  }
}

function makeUrgent(batch: Batch): void {
  batch.urgent = true;
}
