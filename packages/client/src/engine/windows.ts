import { holds, type Ranges } from "@parley/log";
import type { Timeline } from "../api/engine.ts";
import { answeredBy, replyToOf } from "../core/quote.ts";
import { fetchedFor, newestSlice, type Slice, sliceAround } from "../core/slice.ts";
import { type Held, planJump, planNewer, planOlder, type WindowPlan } from "../core/window-plan.ts";
import type { Actor } from "./actor.ts";
import type { Batch } from "./batch.ts";
import { EngineError } from "./engine-error.ts";
import type { HiddenKeeper } from "./hidden.ts";
import type { HoleFiller } from "./hole-filler.ts";
import type { ConversationModel, Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import type { QuoteKeeper } from "./quotes.ts";
import type { EngineRules } from "./rules.ts";
import type { ThreadLooker } from "./thread-looker.ts";
import { TimelineWindow } from "./timeline-window.ts";
import type { Wire } from "./wire.ts";

/** A window shows no more answers that wait than this. */
const MOST_PENDING = 150;

export interface WindowsParts {
  readonly model: Model;
  readonly hidden: HiddenKeeper;
  readonly wire: Wire;
  readonly filler: HoleFiller;
  readonly outbox: Outbox;
  readonly quotes: QuoteKeeper;
  readonly looker: ThreadLooker;
  readonly now: () => number;
  readonly leavesNoTrace: EngineRules["leavesNoTrace"];
}

/** The open windows: moves them as people want, and keeps them and what the list shows up to date. */
export class Windows {
  readonly #model: Model;
  readonly #hidden: HiddenKeeper;
  readonly #wire: Wire;
  readonly #filler: HoleFiller;
  readonly #outbox: Outbox;
  readonly #quotes: QuoteKeeper;
  readonly #looker: ThreadLooker;
  readonly #now: () => number;
  readonly #leavesNoTrace: EngineRules["leavesNoTrace"];
  readonly #open = new Set<TimelineWindow>();

  constructor({ model, hidden, wire, filler, outbox, quotes, looker, now, leavesNoTrace }: WindowsParts) {
    this.#leavesNoTrace = leavesNoTrace;
    this.#model = model;
    this.#hidden = hidden;
    this.#wire = wire;
    this.#filler = filler;
    this.#outbox = outbox;
    this.#quotes = quotes;
    this.#looker = looker;
    this.#now = now;
  }

  get all(): Iterable<TimelineWindow> {
    return this.#open;
  }

  open(conversation: string, actor: Actor): Timeline {
    const window = new TimelineWindow(conversation, this.#leavesNoTrace);
    const move = async (plan: (slice: Slice, held: Held) => WindowPlan): Promise<void> => {
      const { arrived } = await actor.call(async (batch) => {
        // Asked for in the same turn in which it was opened, too.
        if (window.slice === undefined) await this.#refresh(window, batch);
        return { arrived: this.#move(window, plan, batch) };
      });
      await arrived;
    };
    actor.push({ run: (batch) => this.#add(window, batch) });
    return {
      get: () => window.view.get(),
      subscribe: (listener) => window.view.subscribe(listener),
      loadOlder: () => move(planOlder),
      loadNewer: () => move(planNewer),
      jumpToNewest: () => move((_, held) => planJump(newestSlice(held.entryHead, held.hidden), held.entryHead, held)),
      jumpTo: (ordinal) => move((_, held) => planJump(sliceAround(ordinal, held.entryHead), ordinal, held)),
      stick: async (sticks) => {
        window.sticks = sticks;
      },
      answer: (message) =>
        actor.call((batch) => {
          window.answering = message;
          batch.touched.add(conversation);
        }),
      close: () => actor.push({ run: (batch) => this.#remove(window, batch) }),
    };
  }

  /** The runs that windows and the list show of a conversation. */
  shown(conversation: string): Ranges {
    const source = this.#model.conversations.get(conversation);
    const listed = source && this.#hidden.newestOf(source.stored);
    const inWindows = [...this.#open].flatMap((window) => {
      if (window.conversation !== conversation) return [];
      const pinned = [...window.pinned.rows.values()].map(({ ordinal }) => ({ from: ordinal, to: ordinal }));
      return window.slice === undefined ? pinned : [window.slice, ...pinned];
    });
    return listed === undefined ? inWindows : [{ from: listed.ordinal, to: listed.ordinal }, ...inWindows];
  }

  /** Brings the windows up to date with what this batch changed, and asks for what they lack. */
  async refresh(batch: Batch): Promise<void> {
    const refreshed = new Set<ConversationModel>();
    for (const window of this.#open) {
      if (!batch.touchedAll && !batch.touched.has(window.conversation)) continue;
      this.#looker.look(window.conversation, batch);
      const source = this.#model.conversations.get(window.conversation);
      await this.#refresh(window, batch);
      if (source === undefined) continue;
      this.#fill(window, source, batch);
      refreshed.add(source);
    }
    for (const source of refreshed) await this.#quotes.refresh(source, this.#answeredIn(source.id), batch);
    const touched = batch.touchedAll ? this.#model.conversations.keys() : batch.touched;
    for (const id of touched) this.#fillPreview(this.#model.conversations.get(id), batch);
  }

  #refresh(window: TimelineWindow, batch: Batch): Promise<void> {
    const { conversation: id } = window;
    const source = this.#model.conversations.get(id);
    const end = source === undefined ? 0 : this.#hidden.endOf(source.stored);
    const pinned = source === undefined ? [] : this.#pinned(source);
    return window.refresh(source, { end, hidden: this.#hidden.in(id).runs }, pinned, batch);
  }

  lost(): void {
    this.#filler.lost();
    for (const window of this.#open) window.rejectWaiters(offline());
  }

  #add(window: TimelineWindow, batch: Batch): void {
    this.#open.add(window);
    const source = this.#model.conversations.get(window.conversation);
    if (source !== undefined) this.#model.update(source, { ...source.stored, openedAt: this.#now() }, batch);
    batch.urgent = true;
    batch.touched.add(window.conversation);
  }

  async #remove(window: TimelineWindow, batch: Batch): Promise<void> {
    this.#open.delete(window);
    const source = this.#model.conversations.get(window.conversation);
    if (source !== undefined) await this.#quotes.refresh(source, this.#answeredIn(source.id), batch);
    window.rejectWaiters(new EngineError("stopped", "The window was closed."));
  }

  /** What windows on a conversation show answers to, and not itself. */
  #answeredIn(conversation: string): ReadonlySet<string> {
    const answered = new Set<string>();
    const pending = this.#outbox
      .inLog(conversation)
      .slice(-MOST_PENDING)
      .map(({ command: { body } }) => (body.case === "post" ? replyToOf(body.value.content) : ""));
    for (const window of this.#open) {
      if (window.conversation !== conversation) continue;
      const entries = [...window.entries.values()];
      const shown = new Set(entries.map(({ id }) => id));
      for (const target of [...entries.map(answeredBy), ...pending, window.answering ?? ""]) {
        if (target !== "" && !shown.has(target)) answered.add(target);
      }
    }
    return answered;
  }

  #fill(window: TimelineWindow, source: ConversationModel, batch: Batch): void {
    const { slice } = window;
    const end = source.stored.entryHead;
    for (const { target } of window.waiters) {
      const wanted = slice === undefined ? target : fetchedFor(target, slice, end);
      if (!this.#filler.fill(source, wanted, batch)) window.rejectWaiters(offline());
    }
    if (slice !== undefined) this.#filler.fill(source, slice, batch);
    this.#filler.fetchWithheld(source, window.entries.values(), batch);
    this.#filler.fetchWithheld(source, window.pinned.rows.values(), batch);
    // What is about to be pinned may not be on the server yet.
    const known = new Set(source.stored.state?.pinnedMessages);
    const missing = window.pinned.missing.filter((id) => known.has(id));
    this.#filler.bring(source, missing, batch);
  }

  /** Ids of the messages that are pinned, and of those that are about to be. */
  #pinned({ id, stored }: ConversationModel): readonly string[] {
    const wanted = this.#outbox
      .inLog(id)
      .flatMap(({ command: { body } }) => (body.case === "pinMessage" ? [body.value.target] : []));
    return [...new Set([...(stored.state?.pinnedMessages ?? []), ...wanted])];
  }

  /** The list shows the newest message of every conversation, open or not. */
  #fillPreview(source: ConversationModel | undefined, batch: Batch): void {
    if (source === undefined) return;
    const newest = this.#hidden.newestOf(source.stored);
    if (newest !== undefined) this.#filler.fetchWithheld(source, [newest], batch);
    const lacking = this.#hidden.lackingIn(source.stored);
    if (lacking !== undefined) this.#filler.fill(source, lacking, batch);
  }

  /** Moves a window or begins to; the promise tells when it is there. Undefined if it is. */
  #move(
    window: TimelineWindow,
    plan: (slice: Slice, held: Held) => WindowPlan,
    batch: Batch,
  ): Promise<void> | undefined {
    const source = this.#model.conversations.get(window.conversation);
    if (source === undefined || window.slice === undefined) return undefined;
    const { ranges } = source.stored;
    const entryHead = this.#hidden.endOf(source.stored);
    const hidden = this.#hidden.in(window.conversation).runs;
    const undrawn = window.undrawn(hidden);
    const planned = plan(window.slice, { ranges, entryHead, hidden, undrawn, online: this.#wire.ready });
    switch (planned.kind) {
      case "stay":
        return undefined;
      case "unavailable":
        throw offline();
      case "move":
        window.move(planned.slice, entryHead, batch);
        return undefined;
      case "fetch":
        return this.#wait(window, planned.slice, batch);
      case "move-and-fetch":
        window.move(planned.slice, entryHead, batch);
        return holds(ranges, planned.slice) ? undefined : this.#wait(window, planned.slice, batch);
    }
  }

  #wait(window: TimelineWindow, target: Slice, batch: Batch): Promise<void> {
    batch.touched.add(window.conversation);
    return new Promise((resolve, reject) => {
      window.waiters = [...window.waiters, { target, resolve, reject }];
    });
  }
}

function offline(): EngineError {
  return new EngineError("offline", "These entries are not on this device, and the server cannot be reached.");
}
