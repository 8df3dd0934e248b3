import { create } from "@bufbuild/protobuf";
import { isExpired, targetOf } from "@parley/log";
import {
  type AccountEvent,
  type Changes,
  ConversationKind,
  type ConversationStatus,
  type Entry,
  type ErasedElsewhere,
  type Event,
  type EventFrame,
  EventSchema,
  type Page,
  type Reset,
} from "@parley/protocol";
import { continues } from "../core/apply-changes.ts";
import type { CatchUpStep } from "../core/catch-up.ts";
import { type Applied, isFresh } from "../core/held-conversation.ts";
import { canBringForward } from "../core/join-page.ts";
import type { JournalItem } from "../core/journal.ts";
import { beginMarks, wantMarks } from "../core/read-marks.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { type ConversationModel, type Model, rowsOf } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { Requests } from "./requests.ts";
import type { Restoration } from "./restoration.ts";
import { RowFetcher } from "./row-fetcher.ts";
import type { EngineRules } from "./rules.ts";

export interface ConversationsParts {
  readonly model: Model;
  readonly outbox: Outbox;
  readonly requests: Requests;
  readonly restoration: Restoration;
  readonly rules: EngineRules;
  readonly time: CorrectedTime;
  readonly viewer: string;
}

/** Applies what the server tells of conversations: prepare (read rows), reduce (the rules), stage. */
export class Conversations {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #requests: Requests;
  readonly #restoration: Restoration;
  /** Fetches rows that are held without the content that they should have. */
  readonly fetcher: RowFetcher;
  readonly #rules: EngineRules;
  readonly #time: CorrectedTime;
  readonly #viewer: string;

  constructor(parts: ConversationsParts) {
    this.#model = parts.model;
    this.#outbox = parts.outbox;
    this.#requests = parts.requests;
    this.#restoration = parts.restoration;
    this.#rules = parts.rules;
    this.#time = parts.time;
    this.#viewer = parts.viewer;
    this.fetcher = new RowFetcher(parts.requests, parts.rules, (conversation, applied, batch) =>
      this.#stage(conversation, applied, batch),
    );
  }

  /** Whether every conversation is at the head that the server named. */
  get areCurrent(): boolean {
    return [...this.#model.conversations.values()].every((conversation) => conversation.catchUp.kind === "current");
  }

  /** A conversation as Welcome names it. */
  welcome(status: ConversationStatus, batch: Batch): void {
    const { head } = status;
    if (head === undefined) return;
    const conversation = this.#model.conversation(head.conversation);
    const held = conversation.stored.head;
    if (held.seq !== head.seq || held.tag !== head.tag) {
      conversation.catchUp = this.#rules.stepCatchUp(conversation.catchUp, { kind: "behind" }).state;
    }
    if (status.read !== undefined)
      this.#model.update(conversation, beginMarks(conversation.stored, status.read), batch);
  }

  async event(frame: EventFrame, batch: Batch): Promise<void> {
    const { event } = frame;
    if (event === undefined) return;
    this.#model.putProfiles(frame.profiles, batch);
    this.#outbox.settle(event.id, event.seq, event.receivedAt, batch);
    const conversation = this.#model.conversation(event.log);
    const head = conversation.stored.head.seq;
    await this.#follow(
      conversation,
      this.#rules.stepCatchUp(conversation.catchUp, { kind: "arrived", event, head }),
      batch,
    );
  }

  async changes(changes: Changes, batch: Batch): Promise<void> {
    const conversation = this.#model.conversation(changes.conversation);
    this.#model.putProfiles(changes.profiles, batch);
    if (changes.from > conversation.stored.head.seq) return this.#short(conversation, batch);
    if (continues(conversation.stored, changes)) {
      const ids = changes.entries.map((entry) => entry.id);
      const held = await batch.entriesById(conversation.id, ids);
      this.#stage(conversation, this.#rules.applyChanges(conversation.stored, changes, held), batch);
      this.#note(conversation, rowsOf(changes.entries), batch);
      this.#wantDelivered(conversation, batch);
    }
    await this.#brought(conversation, batch);
  }

  async reset(reset: Reset, batch: Batch): Promise<void> {
    const head = reset.status?.head;
    if (head === undefined) return;
    const conversation = this.#model.conversation(head.conversation);
    const overtaken = conversation.stored.head.seq > head.seq && conversation.catchUp.kind === "current";
    this.#model.putProfiles(reset.profiles, batch);
    this.#restoration.reset(conversation.id, reset, batch);
    conversation.epoch++;
    conversation.outOfSight.clear();
    // What lies beyond its end, too, belongs to another history or comes again.
    batch.forgetEntries(conversation.id, { from: reset.newest?.fromOrdinal || 1, to: LAST_ORDINAL });
    this.#stage(conversation, this.#rules.applyReset(conversation.stored, reset), batch);
    this.#wantDelivered(conversation, batch);
    // An event may have overtaken the snapshot of this Reset: what lies between is asked for.
    if (overtaken) return this.#short(conversation, batch);
    await this.#brought(conversation, batch);
  }

  /** Adds a page that was asked for. False if it is too old to be brought up to date: ask again. */
  async page(conversation: ConversationModel, page: Page, batch: Batch): Promise<boolean> {
    if (!canBringForward(conversation.journal, page.asOf)) return false;
    const run = { from: page.fromOrdinal, to: page.toOrdinal };
    const held = page.fromOrdinal === 0 ? [] : await batch.entries(conversation.id, run);
    const applied = this.#rules.joinPage(conversation.stored, page, conversation.journal, held);
    // Rows left from before a Reset that the page does not have are gone.
    const stale = held.filter((entry) => !isFresh(conversation.stored, entry));
    if (stale.length > 0) forgetEach(conversation.id, stale, batch);
    this.#stage(conversation, applied, batch);
    return true;
  }

  accountEvent(event: AccountEvent, batch: Batch): Promise<void> {
    const { meta } = this.#model;
    this.#outbox.settle(event.id, event.seq, event.receivedAt, batch);
    const after = this.#rules.applyAccountEvent(meta, event);
    if (after !== meta) this.#model.putMeta(after, batch);
    const { body } = event;
    return body.case === "erasedElsewhere" ? this.#erase(body.value, event.receivedAt, batch) : Promise.resolve();
  }

  /** Asks for what happened in a conversation of which the server says nothing by itself. False while an answer is on its way. */
  ask(id: string, batch: Batch): boolean {
    const conversation = this.#model.conversation(id);
    if (conversation.catchUp.kind !== "current") return false;
    conversation.catchUp = this.#rules.stepCatchUp(conversation.catchUp, { kind: "short" }).state;
    this.#askChanges(conversation, batch);
    return true;
  }

  /** Erases messages whose time is over, whatever the log has said of it so far. */
  async expire(known: readonly Entry[], batch: Batch): Promise<void> {
    for (const conversation of this.#model.conversations.values()) {
      const ids = known.filter((entry) => entry.conversation === conversation.id).map(({ id }) => id);
      // As they are now: the same batch may have changed them.
      const entries = await batch.entriesById(conversation.id, ids);
      const isNewest = conversation.stored.newest !== this.#asOfNow(conversation.stored.newest);
      if (entries.length === 0 && !isNewest) continue;
      this.#stage(conversation, { conversation: conversation.stored, entries, fetch: [], recount: false }, batch);
    }
  }

  /** Drops what is held of a conversation. */
  forget(id: string, batch: Batch): void {
    this.#restoration.forget(id, batch);
    batch.touched.add(id);
  }

  /** The socket closed: who was behind is told so again by the next Welcome. */
  lost(): void {
    for (const conversation of this.#model.conversations.values()) {
      conversation.catchUp = this.#rules.stepCatchUp(conversation.catchUp, { kind: "lost" }).state;
    }
  }

  async #follow(conversation: ConversationModel, step: CatchUpStep, batch: Batch): Promise<void> {
    conversation.catchUp = step.state;
    for (const event of step.apply) await this.#apply(conversation, event, batch);
    if (step.ask) this.#askChanges(conversation, batch);
  }

  async #apply(conversation: ConversationModel, event: Event, batch: Batch): Promise<void> {
    const target = targetOf(event);
    const rows = target === undefined ? [] : await batch.entriesById(conversation.id, [target]);
    const held = rows.find((entry) => isFresh(conversation.stored, entry));
    this.#stage(conversation, this.#rules.applyEvent(conversation.stored, event, held), batch);
    this.#note(conversation, [{ kind: "event", event }], batch);
    if (event.ordinal > 0 && event.author !== this.#viewer) this.#wantDelivered(conversation, batch);
  }

  #stage(conversation: ConversationModel, applied: Applied, batch: Batch): void {
    this.#model.update(conversation, this.#withNewestAsOfNow(applied), batch);
    const entries = applied.entries.map((entry) => this.#asOfNow(entry));
    batch.putEntries(conversation.id, entries);
    conversation.recount ||= applied.recount;
    for (const entry of entries) {
      if (entry.author === this.#viewer) this.#outbox.settle(entry.id, entry.seq, entry.receivedAt, batch);
      if (isExpired(entry)) this.#outbox.forgetMessage(entry.id, batch);
    }
    if (applied.fetch.length > 0) this.fetcher.fetch(conversation, applied.fetch, batch);
  }

  #withNewestAsOfNow({ conversation, entries }: Applied): StoredConversation {
    const { newest } = conversation;
    const changed = newest && entries.find(({ id }) => id === newest.id);
    const now = this.#asOfNow(changed ?? newest);
    return now === newest ? conversation : { ...conversation, newest: now };
  }

  /** What comes from the server, too, may be over by now. */
  #asOfNow<Row extends Entry | undefined>(entry: Row): Row | Entry {
    return entry === undefined ? entry : this.#rules.asOfTime(entry, this.#time.serverNow());
  }

  #brought(conversation: ConversationModel, batch: Batch): Promise<void> {
    const head = conversation.stored.head.seq;
    return this.#follow(conversation, this.#rules.stepCatchUp(conversation.catchUp, { kind: "brought", head }), batch);
  }

  #short(conversation: ConversationModel, batch: Batch): Promise<void> {
    return this.#follow(conversation, this.#rules.stepCatchUp(conversation.catchUp, { kind: "short" }), batch);
  }

  #askChanges(conversation: ConversationModel, batch: Batch): void {
    const value = { conversation: conversation.id, since: conversation.stored.head };
    this.#requests.ask(
      { case: "changes", value },
      {
        answered: async (answer, later) => {
          if (answer.case === "changes") await this.changes(answer.value, later);
          else if (answer.case === "reset") await this.reset(answer.value, later);
          // Refused: there is nothing to catch up with.
          else this.#refused(conversation, later);
        },
        lost: () => undefined,
      },
      batch,
    );
  }

  #refused(conversation: ConversationModel, batch: Batch): void {
    conversation.catchUp = this.#rules.stepCatchUp(conversation.catchUp, { kind: "lost" }).state;
    // The list waits for whatever is asked for.
    batch.touched.add(conversation.id);
    // Who has left the conversation that a thread belongs to keeps of it what it followed.
    if (conversation.stored.state?.kind === ConversationKind.THREAD) this.#restoration.forget(conversation.id, batch);
  }

  /** An erasure that reaches a former member, whose head ended before it. */
  async #erase(erasure: ErasedElsewhere, at: number, batch: Batch): Promise<void> {
    const { conversation: id, conversationSeq: seq, target, expired } = erasure;
    const conversation = this.#model.conversation(id);
    const [row] = await batch.entriesById(id, [target]);
    const event = create(EventSchema, {
      log: id,
      seq,
      receivedAt: at,
      author: row?.author ?? "",
      body: { case: "erased", value: { target, expired } },
    });
    if (row === undefined) return this.#note(conversation, [{ kind: "event", event }], batch);
    const { entries, conversation: after } = this.#rules.applyEvent(conversation.stored, event, row);
    batch.putEntries(id, entries);
    this.#note(conversation, [{ kind: "event", event }], batch);
    conversation.recount = true;
    this.#model.update(conversation, { ...conversation.stored, newest: after.newest }, batch);
  }

  #note(conversation: ConversationModel, items: readonly JournalItem[], batch: Batch): void {
    conversation.note(items);
    conversation.quoted.follow(items, this.#rules.followQuoted);
    batch.touched.add(conversation.id);
  }

  #wantDelivered(conversation: ConversationModel, batch: Batch): void {
    const { entryHead } = conversation.stored;
    this.#model.update(conversation, wantMarks(conversation.stored, { delivered: entryHead, read: 0 }), batch);
  }
}

/** The end of the range of uint32. */
const LAST_ORDINAL = 0xffff_ffff;

function forgetEach(conversation: string, stale: readonly Entry[], batch: Batch): void {
  for (const { ordinal } of stale) batch.forgetEntries(conversation, { from: ordinal, to: ordinal });
}
