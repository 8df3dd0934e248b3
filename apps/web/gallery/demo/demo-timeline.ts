import type { Timeline, TimelineRow, TimelineView } from "@parley/client";
import { ObservedValue } from "../../src/observable/observed-value.ts";
import type { DemoConversation } from "./demo-conversation.ts";

const STEP = 50;
const LARGEST = 200;

/** A window on a made-up conversation that behaves as the engine's do. */
export class DemoTimeline implements Timeline {
  readonly #conversation: DemoConversation;
  readonly #view: ObservedValue<TimelineView>;
  readonly #readAtOpen: number;
  #from: number;
  #to: number;
  #sticks = true;
  #answering: string | undefined;

  constructor(conversation: DemoConversation) {
    this.#conversation = conversation;
    this.#readAtOpen = conversation.read;
    this.#to = conversation.length;
    this.#from = Math.max(0, this.#to - STEP);
    this.#view = new ObservedValue(this.#draw());
    conversation.timelines.add(this);
  }

  get = (): TimelineView => this.#view.get();
  subscribe = (listener: () => void): (() => void) => this.#view.subscribe(listener);

  async loadOlder(): Promise<void> {
    await pause();
    this.#from = Math.max(0, this.#from - STEP);
    this.#to = Math.min(this.#to, this.#from + LARGEST);
    this.#view.set(this.#draw());
  }

  async loadNewer(): Promise<void> {
    await pause();
    this.#to = Math.min(this.#conversation.length, this.#to + STEP);
    this.#from = Math.max(this.#from, this.#to - LARGEST);
    this.#view.set(this.#draw());
  }

  async jumpToNewest(): Promise<void> {
    await pause();
    this.#to = this.#conversation.length;
    this.#from = Math.max(0, this.#to - STEP);
    this.#view.set(this.#draw());
  }

  async jumpTo(ordinal: number): Promise<void> {
    await pause();
    this.#from = Math.max(0, ordinal - STEP / 2);
    this.#to = Math.min(this.#conversation.length, this.#from + STEP);
    this.#view.set(this.#draw());
  }

  async stick(sticks: boolean): Promise<void> {
    this.#sticks = sticks;
  }

  async answer(message: string | undefined): Promise<void> {
    this.#answering = message;
    this.#view.set(this.#draw());
  }

  close(): void {
    this.#conversation.timelines.delete(this);
  }

  /** The conversation changed. @param grewBy new rows at its end */
  update(grewBy: number): void {
    const { length } = this.#conversation;
    if (this.#to === length - grewBy) {
      this.#to = this.#sticks ? length : Math.min(length, this.#from + LARGEST);
      this.#from = Math.max(this.#from, this.#to - LARGEST);
    }
    this.#view.set(this.#draw());
  }

  #draw(): TimelineView {
    const rows: TimelineRow[] = [];
    for (let index = this.#from; index < this.#to; index++) rows.push(this.#conversation.row(index));
    return {
      conversation: this.#conversation.id,
      loaded: true,
      rows,
      atOldest: this.#from === 0,
      atNewest: this.#to === this.#conversation.length,
      head: this.#conversation.length,
      entryHead: this.#conversation.length,
      readAtOpen: this.#readAtOpen,
      read: this.#readAtOpen,
      members: this.#conversation.members,
      rights: this.#conversation.rights,
      description: this.#conversation.description,
      timerSeconds: this.#conversation.timerSeconds,
      answering: this.#answering === undefined ? undefined : this.#conversation.quote(this.#answering),
      pinned: this.#conversation.pinned,
      invites: this.#conversation.invites,
      joinRequests: [],
    };
  }
}

function pause(): Promise<void> {
  return new Promise((done) => setTimeout(done, 60));
}
