import { emptyTimeline, type Timeline, type TimelineRow, type TimelineView } from "@parley/client";
import { ObservedValue } from "../../observable/observed-value.ts";
import type { TimelineCall } from "../protocol/engine-calls.ts";
import type { TimelinePatch } from "../protocol/messages.ts";
import { plainEqual } from "../protocol/plain-equal.ts";
import { PatchedList } from "./patched-list.ts";

/** What a timeline needs of the engine that it belongs to. */
export interface TimelineOwner {
  callTimeline(timeline: RemoteTimeline, what: TimelineCall): Promise<void>;
  fold(view: TimelineView): TimelineView;
  closed(timeline: RemoteTimeline): void;
}

/** A timeline of an engine on the other side of a port. */
export class RemoteTimeline implements Timeline {
  readonly number: number;
  readonly conversation: string;
  readonly #owner: TimelineOwner;
  readonly #shown: ObservedValue<TimelineView>;
  /** As the engine last told it, without what this tab adds. */
  #told: TimelineView;
  readonly #rows = new PatchedList<TimelineRow>();
  #sticks = true;
  #answering: string | undefined;

  constructor(number: number, conversation: string, owner: TimelineOwner) {
    this.number = number;
    this.conversation = conversation;
    this.#owner = owner;
    this.#told = emptyTimeline(conversation);
    this.#shown = new ObservedValue(owner.fold(this.#told));
  }

  readonly get = (): TimelineView => this.#shown.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener);

  loadOlder(): Promise<void> {
    return this.#owner.callTimeline(this, { method: "loadOlder", args: [] });
  }

  loadNewer(): Promise<void> {
    return this.#owner.callTimeline(this, { method: "loadNewer", args: [] });
  }

  jumpToNewest(): Promise<void> {
    return this.#owner.callTimeline(this, { method: "jumpToNewest", args: [] });
  }

  jumpTo(ordinal: number): Promise<void> {
    return this.#owner.callTimeline(this, { method: "jumpTo", args: [ordinal] });
  }

  stick(sticks: boolean): Promise<void> {
    this.#sticks = sticks;
    return this.#owner.callTimeline(this, { method: "stick", args: [sticks] });
  }

  answer(message: string | undefined): Promise<void> {
    this.#answering = message;
    return this.#owner.callTimeline(this, { method: "answer", args: [message] });
  }

  close(): void {
    this.#owner.closed(this);
  }

  /** What the next engine has to be told again. */
  get sticks(): boolean {
    return this.#sticks;
  }

  get answering(): string | undefined {
    return this.#answering;
  }

  /** Another engine begins to tell this timeline: where its window has to go; undefined for the newest. Until then the former view stays. */
  restart(): number | undefined {
    this.#rows.restart();
    if (this.#told.atNewest) return undefined;
    const ordinals = this.#told.rows.map((row) => ("ordinal" in row ? row.ordinal : row.fromOrdinal));
    return ordinals.filter((ordinal) => ordinal !== undefined)[Math.floor(ordinals.length / 2)];
  }

  apply(patch: TimelinePatch): void {
    const rows = this.#rows.apply(patch.rows);
    // A new engine has not read the store yet: what is shown stays until it has.
    if (!patch.view.loaded && this.#told.loaded) return;
    const members = patch.members ?? this.#told.members;
    this.#told = {
      ...patch.view,
      rows,
      members: plainEqual(members, this.#told.members) ? this.#told.members : members,
    };
  }

  /** Tells the views. Apart from `apply`, so that everything that came in one turn is there when they look. */
  show(): void {
    this.#shown.set(this.#owner.fold(this.#told));
  }
}
