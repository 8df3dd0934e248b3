import type { Clock, Timeline, TimelineView } from "@parley/client";
import type { ReadTracker } from "./read-tracker.ts";

export interface ReadingPlacePorts {
  readonly timeline: Timeline;
  readonly reads: ReadTracker;
  readonly clock: Clock;
  /** Where one was when one left. */
  readonly left: { readonly ordinal: number } | undefined;
  /** Whether anything in the conversation is unread. */
  unread(): boolean;
  /** What is unread can be shown now. */
  opened(): void;
}

/** Longer than this nobody waits for the place where what is unread begins. */
const OPENING_MS = 2_000;

/** Where what is unread begins: the window goes there first, unless one left it elsewhere, and a line stays before it. */
export class ReadingPlace {
  readonly #ports: ReadingPlacePorts;
  /** Undefined until the first rows are there. Then it stays, until more comes than is shown after all before was read. */
  #dividerAfter: { readonly ordinal: number | undefined } | undefined;
  /** The newest entry while the window followed it; 0 if it has not yet. */
  #followedTo = 0;
  #sticks = true;
  /** The ordinal to begin at, while the window is on its way there. */
  #openingAt: number | undefined;
  /** One went elsewhere before the first rows were there. */
  #elsewhere = false;
  #stopOpening: () => void = () => {};

  constructor(ports: ReadingPlacePorts) {
    this.#ports = ports;
  }

  /** The window is on its way; nothing is shown meanwhile. */
  get isOpening(): boolean {
    return this.#openingAt !== undefined;
  }

  /** The ordinal behind which the line stands; undefined for none. */
  get dividerAfter(): number | undefined {
    return this.#dividerAfter?.ordinal;
  }

  /** Whether what is unread begins below what is in view. */
  get isBehindUnread(): boolean {
    const { unread, reads } = this.#ports;
    const { lastInView, readTo } = reads;
    if (this.#dividerAfter === undefined || this.isOpening || lastInView === 0 || !unread()) return false;
    return lastInView < readTo || lastInView <= (this.dividerAfter ?? 0);
  }

  /** Whether the view stays at the newest entry while the window follows it. */
  stick(sticks: boolean): void {
    this.#sticks = sticks;
    this.#divide(this.#ports.timeline.get());
  }

  /** Brings the window to where what is unread begins, and the line with it. */
  async goToUnread(): Promise<void> {
    const { timeline, reads } = this.#ports;
    const { readTo } = reads;
    this.#dividerAfter = { ordinal: readTo };
    this.#followedTo = 0;
    if (!shows(timeline.get(), readTo + 1)) await timeline.jumpTo(readTo + 1);
  }

  timelineChanged(view: TimelineView): void {
    if (view.loaded && this.#dividerAfter === undefined) this.#open(view);
    if (this.#openingAt !== undefined && reaches(view, this.#openingAt)) this.open();
    if (!view.loaded) return;
    this.#readElsewhere(view);
    this.#divide(view);
  }

  /** Does not wait for the window any longer, and does not go anywhere by itself. */
  open(): void {
    this.#elsewhere ||= this.#dividerAfter === undefined;
    if (this.#openingAt === undefined) return;
    this.#openingAt = undefined;
    this.#stopOpening();
    this.#ports.reads.start(this.#ports.timeline.get().readAtOpen);
    this.#ports.opened();
  }

  dispose(): void {
    this.#stopOpening();
  }

  /** The first rows are there. Where one was, or what is unread, begins in view: if it lies before the window, the window goes there before it is shown. */
  #open(view: TimelineView): void {
    const { timeline, reads, clock, left } = this.#ports;
    const unread = this.#ports.unread();
    const first = left?.ordinal ?? view.readAtOpen + 1;
    this.#dividerAfter = { ordinal: unread ? view.readAtOpen : undefined };
    const begins = left === undefined && (!unread || view.readAtOpen === 0);
    if (this.#elsewhere || begins || reaches(view, first)) {
      reads.start(view.readAtOpen);
      return;
    }
    this.#openingAt = first;
    // Where those entries cannot be had, the newest are as good a place to begin.
    timeline.jumpTo(first).catch(() => this.open());
    this.#stopOpening = clock.after(OPENING_MS, () => this.open());
  }

  /** What another tab or device read is new no more: the line goes behind it, or away. */
  #readElsewhere({ read, entryHead }: TimelineView): void {
    const { reads } = this.#ports;
    if (read <= reads.readTo) return;
    reads.readElsewhere(read);
    if (read > (this.dividerAfter ?? read)) this.#dividerAfter = { ordinal: read < entryHead ? read : undefined };
  }

  /** What came while one was further up, or the window no longer follows because it was far behind, begins where one had read to. */
  #divide({ loaded, atNewest, entryHead }: TimelineView): void {
    if (loaded && atNewest && this.#sticks) this.#followedTo = entryHead;
    const { readTo } = this.#ports.reads;
    const dividedAt = this.#dividerAfter?.ordinal ?? 0;
    if (this.#followedTo === 0 || entryHead <= this.#followedTo || readTo < dividedAt) return;
    this.#dividerAfter = { ordinal: Math.min(readTo, this.#followedTo) };
    this.#followedTo = 0;
  }
}

/** Whether an ordinal lies between two messages that are shown, or is that of one. */
function shows({ rows }: TimelineView, ordinal: number): boolean {
  const ordinals = rows.flatMap((row) => ("ordinal" in row && row.ordinal !== undefined ? [row.ordinal] : []));
  return (ordinals[0] ?? ordinal + 1) <= ordinal && ordinal <= (ordinals.at(-1) ?? 0);
}

/** Whether there is a message at or before an ordinal. */
function reaches({ rows }: TimelineView, ordinal: number): boolean {
  return rows.some((row) => row.kind === "message" && (row.ordinal ?? Number.POSITIVE_INFINITY) <= ordinal);
}
