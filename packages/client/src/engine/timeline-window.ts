import { addRange, holds, type Range, type Ranges } from "@parley/log";
import type { Entry } from "@parley/protocol";
import { emptyTimeline, type TimelineView } from "../api/timeline-view.ts";
import { marksNow } from "../core/read-marks.ts";
import {
  canFollow,
  followedSlice,
  grownSlice,
  isShort,
  newestSlice,
  type Slice,
  sliceStep,
  stepBack,
} from "../core/slice.ts";
import type { Batch } from "./batch.ts";
import type { ConversationModel } from "./model.ts";
import { PinnedRows } from "./pinned-rows.ts";
import type { EngineRules } from "./rules.ts";
import { Value } from "./value.ts";

/** Somebody who waits until a window shows other entries. */
export interface Waiter {
  readonly target: Slice;
  resolve(): void;
  reject(error: unknown): void;
}

/** One window on a conversation: which ordinals it shows, and the rows held of them. */
export class TimelineWindow {
  readonly conversation: string;
  readonly view: Value<TimelineView>;
  readonly entries = new Map<number, Entry>();
  readonly pinned = new PinnedRows();
  readonly #leavesNoTrace: EngineRules["leavesNoTrace"];
  slice: Slice | undefined;
  /** Whether the window stays at the end while the conversation grows. */
  follows = true;
  /** Whether its reader stays at the end, and not somewhere further up. */
  sticks = true;
  readAtOpen = 0;
  /** The message to which somebody writes an answer. */
  answering: string | undefined;
  waiters: readonly Waiter[] = [];
  #source: ConversationModel | undefined;
  #epoch = 0;

  constructor(conversation: string, leavesNoTrace: EngineRules["leavesNoTrace"]) {
    this.conversation = conversation;
    this.#leavesNoTrace = leavesNoTrace;
    this.view = new Value(emptyTimeline(conversation));
  }

  /**
   * Brings slice and rows up to date with the model.
   *
   * @param end the last entry that it goes to
   * @param pinned ids of the messages that are pinned, or are about to be
   */
  async refresh(
    source: ConversationModel | undefined,
    { end: entryHead, hidden }: { readonly end: number; readonly hidden: Ranges },
    pinned: readonly string[],
    batch: Batch,
  ): Promise<void> {
    this.#begin(source);
    if (source === undefined) return;
    const { ranges } = source.stored;
    if (this.slice === undefined) {
      this.slice = newestSlice(entryHead, hidden);
      this.readAtOpen = marksNow(source.stored).read;
    }
    this.follows &&= canFollow(this.slice, entryHead, ranges);
    if (this.follows) {
      this.slice = (this.sticks ? followedSlice : grownSlice)(this.slice, entryHead, this.undrawn(hidden));
      this.follows = this.slice.to >= entryHead;
    }
    this.#admit(source, entryHead, batch);
    await this.#load(source, batch);
    while (isShort(this.slice, { hidden, undrawn: this.undrawn(hidden) })) {
      this.slice = { from: stepBack(this.slice.from, sliceStep, hidden), to: this.slice.to };
      await this.#load(source, batch);
    }
    await this.pinned.refresh(source, pinned, batch);
  }

  /** What is not drawn: what is hidden, and of what the window holds that which has disappeared. */
  undrawn(hidden: Ranges): Ranges {
    const gone = [...this.entries.values()].filter(this.#leavesNoTrace).map(({ ordinal }) => ordinal);
    return runsOf(gone.toSorted((one, other) => one - other)).reduce(addRange, hidden);
  }

  /** Moves the window. */
  move(slice: Slice, entryHead: number, batch: Batch): void {
    this.slice = slice;
    this.follows = slice.to >= entryHead;
    batch.touched.add(this.conversation);
  }

  rejectWaiters(error: unknown): void {
    const waiting = this.waiters;
    this.waiters = [];
    for (const waiter of waiting) waiter.reject(error);
  }

  /** Rows of another history, or from before a Reset, are not the rows of now. */
  #begin(source: ConversationModel | undefined): void {
    if (source !== this.#source) {
      this.slice = undefined;
      this.follows = true;
    }
    if (source !== this.#source || source?.epoch !== this.#epoch) {
      this.entries.clear();
      this.pinned.clear();
    }
    this.#source = source;
    this.#epoch = source?.epoch ?? 0;
  }

  /** Lets those through whose entries are all there. */
  #admit(source: ConversationModel, entryHead: number, batch: Batch): void {
    const { ranges } = source.stored;
    const here = (target: Range): boolean => holds(ranges, { from: target.from, to: Math.min(target.to, entryHead) });
    for (const waiter of this.waiters.filter(({ target }) => here(target))) {
      this.move(waiter.target, entryHead, batch);
      // Who is told that the window is there finds it there.
      batch.urgent = true;
      // Not before: where the commit fails, they wait on.
      batch.after(() => {
        this.waiters = this.waiters.filter((other) => other !== waiter);
        waiter.resolve();
      });
    }
  }

  /** Brings the rows of the slice up to date. */
  async #load(source: ConversationModel, batch: Batch): Promise<void> {
    const { ranges } = source.stored;
    const { from, to } = this.slice ?? { from: 1, to: 0 };
    const belongs = (ordinal: number): boolean =>
      ordinal >= from && ordinal <= to && holds(ranges, { from: ordinal, to: ordinal });
    for (const ordinal of [...this.entries.keys()]) if (!belongs(ordinal)) this.entries.delete(ordinal);
    for (const entry of batch.staged(this.conversation))
      if (belongs(entry.ordinal)) this.entries.set(entry.ordinal, entry);
    await this.#loadMissing(source, belongs, batch);
  }

  async #loadMissing(source: ConversationModel, belongs: (ordinal: number) => boolean, batch: Batch): Promise<void> {
    if (this.slice === undefined) return;
    const { skips } = source.stored;
    const skipped = (ordinal: number): boolean =>
      skips.some(({ fromOrdinal, toOrdinal }) => ordinal >= fromOrdinal && ordinal <= toOrdinal);
    const missing: number[] = [];
    for (let ordinal = this.slice.from; ordinal <= this.slice.to; ordinal++) {
      if (!this.entries.has(ordinal) && belongs(ordinal) && !skipped(ordinal)) missing.push(ordinal);
    }
    const from = missing[0];
    const to = missing.at(-1);
    if (from === undefined || to === undefined) return;
    for (const entry of await batch.entries(this.conversation, { from, to })) {
      if (belongs(entry.ordinal)) this.entries.set(entry.ordinal, entry);
    }
  }
}

function runsOf(ordinals: readonly number[]): Range[] {
  const runs: Range[] = [];
  for (const ordinal of ordinals) {
    const last = runs.at(-1);
    if (last?.to === ordinal - 1) runs[runs.length - 1] = { from: last.from, to: ordinal };
    else runs.push({ from: ordinal, to: ordinal });
  }
  return runs;
}
