import type { Clock, Engine, Observable, PlacedMessage, ReminderItem, ThreadPlace } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { MessagePlace } from "../../../places/message-place.ts";
import type { Texts } from "../../../texts/en.ts";
import { type PlacedLine, placedLine } from "../../../texts/placed-line.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import { chosenTime } from "../../../times/chosen-time.ts";
import { fieldTime } from "../../../times/field-time.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface RemindersSnapshot {
  /** Those that are not done with, the one that came first first. */
  readonly due: readonly ReminderLine[];
  /** The next one first. */
  readonly upcoming: readonly ReminderLine[];
  readonly changing: ChangingReminder | undefined;
}

/** A reminder, ready to draw. */
export interface ReminderLine extends PlacedLine {
  readonly key: string;
  readonly thread: ThreadPlace | undefined;
  /** When one is, or was, reminded. */
  readonly when: string;
  readonly fullWhen: string;
  /** The server does not know of it yet. */
  readonly unsent: boolean;
}

/** The one whose time is being changed. */
export interface ChangingReminder {
  readonly key: string;
  /** Of the date and time. */
  readonly field: string;
  readonly wrong: string | undefined;
}

export interface RemindersPorts {
  readonly engine: Pick<Engine, "messagesAt" | "remind" | "clearReminder" | "account" | "conversations" | "connection">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Pick<Notices, "attempt">;
  readonly newId: () => string;
  readonly goTo: (place: MessagePlace) => void;
}

/** What changes after this was not shown for long. */
const CHANGE_MS = 300;

/** The messages that one wants to be reminded of, as they are now, as long as somebody looks. */
export class RemindersViewModel implements Observable<RemindersSnapshot> {
  readonly #ports: RemindersPorts;
  readonly #snapshot: ObservedValue<RemindersSnapshot>;
  readonly #disposables = new Disposables();
  #messages: ReadonlyMap<string, PlacedMessage> = new Map();
  #changing: ChangingReminder | undefined;
  /** Answers of an earlier look come too late. */
  #look = 0;
  #cancelChange: (() => void) | undefined;

  constructor(ports: RemindersPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    const { account, conversations, connection } = ports.engine;
    const changed = () => this.#changed();
    this.#disposables.add(
      account.subscribe(() => {
        this.#show();
        changed();
      }),
      conversations.subscribe(changed),
      connection.subscribe(changed),
      () => this.#cancelChange?.(),
      () => {
        this.#look++;
      },
    );
    void this.#read();
  }

  get = (): RemindersSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  choose = ({ conversation, id, ordinal, thread }: ReminderLine): void => {
    if (ordinal !== undefined) this.#ports.goTo({ conversation, id, ordinal, thread });
  };

  /** It is done, or one wants to be reminded no more. */
  finish = ({ conversation, id }: ReminderLine): void => {
    const { engine, newId } = this.#ports;
    this.#attempt(engine.clearReminder(newId(), conversation, id));
  };

  startChange = (key: string): void => {
    const item = this.#item(key);
    if (item === undefined) return;
    this.#change({ key, field: fieldTime(Math.max(item.at, this.#ports.clock.now())), wrong: undefined });
  };

  setField = (field: string): void => {
    if (this.#changing !== undefined) this.#change({ ...this.#changing, field, wrong: undefined });
  };

  endChange = (): void => this.#change(undefined);

  save = (): void => {
    const { clock, engine, newId, texts } = this.#ports;
    const changing = this.#changing;
    const item = this.#item(changing?.key);
    if (changing === undefined || item === undefined) return;
    const chosen = chosenTime(changing.field, clock.now(), texts);
    if ("wrong" in chosen) {
      this.#change({ ...changing, wrong: chosen.wrong });
      return;
    }
    this.endChange();
    this.#attempt(engine.remind(newId(), item.conversation, item.message, chosen.at));
  };

  #attempt(action: Promise<unknown>): void {
    void this.#ports.notices.attempt(action, this.#ports.texts.conversation.actionFailed);
  }

  #changed(): void {
    this.#cancelChange ??= this.#ports.clock.after(CHANGE_MS, () => {
      this.#cancelChange = undefined;
      void this.#read();
    });
  }

  async #read(): Promise<void> {
    const look = ++this.#look;
    const read = await this.#ports.engine.messagesAt(this.#items()).catch(() => undefined);
    if (look !== this.#look || read === undefined) return;
    this.#messages = new Map(read.map((one) => [keyOf(one.conversation, one.id), one]));
    this.#show();
  }

  #change(changing: ChangingReminder | undefined): void {
    this.#changing = changing;
    this.#show();
  }

  #show(): void {
    if (this.#item(this.#changing?.key) === undefined) this.#changing = undefined;
    this.#snapshot.set(this.#draw());
  }

  #draw(): RemindersSnapshot {
    const lines = Map.groupBy(this.#items(), ({ state }) => state === "due");
    const of = (due: boolean) => (lines.get(due) ?? []).map((item) => this.#line(item));
    return { due: of(true), upcoming: of(false), changing: this.#changing };
  }

  #line(item: ReminderItem): ReminderLine {
    const { conversation, message: id, at, state } = item;
    const { format, clock } = this.#ports;
    const key = keyOf(conversation, id);
    const thread = item.thread ?? this.#threadOf(conversation);
    // Nothing is said of it until it was looked for.
    const unread: PlacedMessage = { conversation, id, what: { kind: "elsewhere" } };
    const known = this.#messages.get(key);
    const line = placedLine(known ?? unread, this.#ports, thread);
    const shown = known === undefined ? { ...line, text: "" } : line;
    const when = { when: format.moment(at, clock.now()), fullWhen: format.full(at) };
    return { ...shown, key, thread, ...when, unsent: state === "unsent" };
  }

  #threadOf(conversation: string): ThreadPlace | undefined {
    const { threads = [] } = this.#ports.engine.conversations.get();
    return threads.find(({ id }) => id === conversation)?.thread;
  }

  #item(key: string | undefined): ReminderItem | undefined {
    return this.#items().find(({ conversation, message }) => keyOf(conversation, message) === key);
  }

  #items(): readonly ReminderItem[] {
    return this.#ports.engine.account.get().reminders ?? [];
  }
}

function keyOf(conversation: string, message: string): string {
  return `${conversation} ${message}`;
}
