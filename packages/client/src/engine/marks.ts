import { clampMarks, type Marks, mergeMarks } from "@parley/log";
import { limits, type MarkSummary, type MemberMark, type ReadState } from "@parley/protocol";
import { isOnlyLookedAt } from "../core/followed.ts";
import { keepsMarks } from "../core/message-request.ts";
import { confirmMarks, hasUnconfirmedMarks, marksNow, noteOthersMarks, wantMarks } from "../core/read-marks.ts";
import type { StoredConversation } from "../ports/client-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import { FlushPace } from "./flush-pace.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Wire } from "./wire.ts";

/** A mark that the server keeps lower is repeated with growing pauses. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** The mark that was sent last for a conversation. */
interface SentMark extends Marks {
  readonly at: number;
  /** How often it was sent in vain. */
  readonly times: number;
  readonly answered: boolean;
}

/** Sends one's own marks until the server has them, and takes everybody's. */
export class MarkKeeper {
  readonly #model: Model;
  readonly #hidden: HiddenKeeper;
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #viewer: string;
  readonly #pace: FlushPace;
  readonly #sent = new Map<string, SentMark>();

  /** @param again makes the engine flush once more. */
  constructor(model: Model, hidden: HiddenKeeper, wire: Wire, clock: Clock, viewer: string, again: () => void) {
    this.#model = model;
    this.#hidden = hidden;
    this.#wire = wire;
    this.#clock = clock;
    this.#viewer = viewer;
    this.#pace = new FlushPace(clock, again);
  }

  /** The person has seen everything up to here. */
  read(id: string, ordinal: number, batch: Batch): void {
    const conversation = this.#model.conversations.get(id);
    if (conversation === undefined) return;
    const wanted = wantMarks(conversation.stored, { delivered: ordinal, read: ordinal });
    this.#model.update(conversation, wanted, batch);
  }

  confirmed(state: ReadState, batch: Batch): void {
    const conversation = this.#model.conversations.get(state.conversation);
    if (conversation === undefined) return;
    conversation.recount = false;
    this.#model.update(conversation, confirmMarks(conversation.stored, state), batch);
    const sent = this.#sent.get(conversation.id);
    if (!this.#hasUnconfirmed(conversation)) this.#sent.delete(conversation.id);
    else if (sent !== undefined) this.#sent.set(conversation.id, { ...sent, answered: true });
  }

  others(mark: MemberMark, batch: Batch): void {
    const conversation = this.#model.conversations.get(mark.conversation);
    if (conversation === undefined || mark.account === this.#viewer) return;
    this.#model.update(conversation, noteOthersMarks(conversation.stored, mark.account, mark), batch);
  }

  summary(summary: MarkSummary, batch: Batch): void {
    const conversation = this.#model.conversations.get(summary.conversation);
    if (conversation === undefined) return;
    const byAll = mergeMarks(conversation.stored.byAll, {
      delivered: summary.deliveredByAll,
      read: summary.readByAll,
    });
    this.#model.update(conversation, { ...conversation.stored, byAll }, batch);
  }

  lost(): void {
    this.#sent.clear();
    this.#pace.lost();
  }

  /** Sends what the server does not have, all conversations in one frame, at most once a second. */
  flush(batch: Batch): void {
    if (!this.#wire.ready) return;
    const now = this.#clock.elapsed();
    const open = [...this.#model.conversations.values()].filter((one) => this.#needsMark(one));
    if (open.length === 0) return;
    if (!this.#pace.isTimeFor(Math.min(...open.map((each) => this.#dueAt(each))), batch)) return;
    const moved = open.filter((conversation) => this.#dueAt(conversation) <= now).slice(0, limits.marksPerFrame);
    const updates = moved.map((conversation) => this.#update(conversation, now));
    batch.after(() => this.#wire.send({ case: "marks", value: { updates } }));
    this.#pace.flushed(batch);
  }

  #dueAt(conversation: ConversationModel): number {
    const sent = this.#sent.get(conversation.id);
    const marks = this.#wantedOf(conversation);
    if (sent === undefined || marks.delivered > sent.delivered || marks.read > sent.read) return 0;
    const pause = sent.answered ? FIRST_PAUSE_MS * 2 ** sent.times : LONGEST_PAUSE_MS;
    return sent.at + Math.min(LONGEST_PAUSE_MS, pause);
  }

  /** What to say of a conversation, noted as said. */
  #update(conversation: ConversationModel, now: number) {
    const { delivered, read } = this.#wantedOf(conversation);
    const before = this.#sent.get(conversation.id);
    const repeated = before?.delivered === delivered && before.read === read;
    const times = repeated ? before.times + 1 : 0;
    this.#sent.set(conversation.id, { at: now, times, delivered, read, answered: false });
    return { conversation: conversation.id, delivered, read };
  }

  /** Nobody is told that one has what a blocked person writes, or what a message request says. */
  #toldUpTo(stored: StoredConversation): number {
    if (keepsMarks(stored, this.#viewer, this.#model.meta.preferences)) return 0;
    return this.#hidden.in(stored.id).cut?.ordinal ?? Number.POSITIVE_INFINITY;
  }

  #wantedOf({ stored }: ConversationModel): Marks {
    return clampMarks(marksNow(stored), this.#toldUpTo(stored));
  }

  #hasUnconfirmed({ stored }: ConversationModel): boolean {
    return hasUnconfirmedMarks(stored, this.#toldUpTo(stored));
  }

  /** Who only looks at a thread has nothing unread there. */
  #needsMark(conversation: ConversationModel): boolean {
    const { stored } = conversation;
    if (isOnlyLookedAt(stored.state, this.#viewer)) return false;
    return stored.state !== undefined && (conversation.recount || this.#hasUnconfirmed(conversation));
  }
}
