import type { Clock, Engine, Observable, ScheduledItem } from "@parley/client";
import { limits } from "@parley/protocol";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { type ChosenTime, chosenTime } from "../../../times/chosen-time.ts";
import { fieldTime } from "../../../times/field-time.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface ScheduledSnapshot {
  readonly lines: readonly ScheduledLine[];
  readonly changing: Changing | undefined;
}

/** A message that waits for its time, ready to draw. */
export interface ScheduledLine {
  readonly id: string;
  /** Of its conversation. */
  readonly title: string;
  readonly time: string;
  readonly fullTime: string;
  readonly text: string;
  /** What there is to say of it; empty if nothing. */
  readonly note: string;
  readonly failed: boolean;
}

/** Of a text. */
export const mostCharacters = limits.textCharacters;

/** The one that is being changed. */
export interface Changing {
  readonly id: string;
  readonly text: string;
  /** Of the date and time. */
  readonly field: string;
  readonly wrong: string | undefined;
  readonly canSave: boolean;
}

export interface ScheduledPorts {
  readonly engine: Pick<Engine, "changeScheduled" | "cancelScheduled" | "account" | "conversations">;
  /** The only conversation whose messages are shown; undefined for all. */
  readonly conversation: string | undefined;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Pick<Notices, "attempt">;
  readonly newId: () => string;
}

/** The messages that wait to be sent, the next one first, and the one that is being changed. */
export class ScheduledViewModel implements Observable<ScheduledSnapshot> {
  readonly #ports: ScheduledPorts;
  readonly #snapshot: ObservedValue<ScheduledSnapshot>;
  readonly #disposables = new Disposables();

  constructor(ports: ScheduledPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue<ScheduledSnapshot>({ lines: this.#lines(), changing: undefined });
    const changed = () => this.#changed();
    this.#disposables.add(ports.engine.account.subscribe(changed), ports.engine.conversations.subscribe(changed));
  }

  get = (): ScheduledSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  startChange = (id: string): void => {
    const item = this.#item(id);
    if (item === undefined) return;
    const field = fieldTime(Math.max(item.at, this.#ports.clock.now()));
    this.#snapshot.change({ changing: changingOf(id, item.text, field) });
  };

  setText = (text: string): void => this.#change((changing) => changingOf(changing.id, text, changing.field));

  setField = (field: string): void => this.#change((changing) => changingOf(changing.id, changing.text, field));

  endChange = (): void => this.#snapshot.change({ changing: undefined });

  save = (): void => {
    const { changing } = this.get();
    if (changing === undefined || !changing.canSave) return;
    const chosen = this.#timeOf(changing);
    if ("wrong" in chosen) {
      this.#change((before) => ({ ...before, wrong: chosen.wrong }));
      return;
    }
    this.endChange();
    this.#put(changing.id, changing.text.trimEnd(), chosen.at);
  };

  /** One that was not touched stays as it is, to the second. */
  #timeOf({ id, field }: Changing): ChosenTime {
    const { clock, texts } = this.#ports;
    const at = this.#item(id)?.at ?? 0;
    return at > clock.now() && fieldTime(at) === field ? { at } : chosenTime(field, clock.now(), texts);
  }

  sendNow = (id: string): void => {
    const item = this.#item(id);
    if (item !== undefined) this.#put(id, item.text, this.#ports.clock.now());
  };

  cancel = (id: string): void => {
    const { engine, newId, notices, texts } = this.#ports;
    void notices.attempt(engine.cancelScheduled(newId(), id), texts.conversation.actionFailed);
  };

  #put(id: string, text: string, at: number): void {
    const { engine, newId, notices, texts } = this.#ports;
    void notices.attempt(engine.changeScheduled(newId(), id, text, at), texts.conversation.actionFailed);
  }

  #change(change: (changing: Changing) => Changing): void {
    const { changing } = this.get();
    if (changing !== undefined) this.#snapshot.change({ changing: change(changing) });
  }

  /** What is being changed may be gone: it was sent. */
  #changed(): void {
    const { changing } = this.get();
    const gone = changing !== undefined && this.#item(changing.id) === undefined;
    this.#snapshot.set({ lines: this.#lines(), changing: gone ? undefined : changing });
  }

  #items(): readonly ScheduledItem[] {
    const { engine, conversation } = this.#ports;
    const all = engine.account.get().scheduled ?? [];
    return conversation === undefined ? all : all.filter((one) => one.conversation === conversation);
  }

  #item(id: string): ScheduledItem | undefined {
    return this.#items().find((one) => one.id === id);
  }

  #lines(): ScheduledLine[] {
    return this.#items().map((item) => this.#line(item));
  }

  #line({ id, conversation, text, at, state }: ScheduledItem): ScheduledLine {
    const { engine, texts, format, clock } = this.#ports;
    const known = engine.conversations.get().conversations.find((one) => one.id === conversation);
    const title = known === undefined ? texts.outbox.unknownConversation : conversationTitle(known, texts);
    const note = state === "waiting" ? "" : texts.scheduled.states[state];
    const failed = state !== "waiting" && state !== "unsent";
    return { id, title, time: format.moment(at, clock.now()), fullTime: format.full(at), text, note, failed };
  }
}

function changingOf(id: string, text: string, field: string): Changing {
  return { id, text, field, wrong: undefined, canSave: /\S/u.test(text) };
}
