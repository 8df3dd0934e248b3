import type { ReminderItem } from "../api/reminder-view.ts";
import { remindersWith } from "../core/account-reminders.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { wholeMs } from "./command-body.ts";
import type { Commands } from "./commands.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { Kept } from "./kept.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

type ByMessage = ReadonlyMap<string, ReminderItem>;

const none: ByMessage = new Map();

/** The messages that the account is to be reminded of, as the device knows it, with what the outbox is to change. */
export class ReminderKeeper {
  readonly #model: Model;
  readonly #commands: Commands;
  readonly #time: CorrectedTime;
  readonly #kept: Kept<StoredMeta["reminders"], readonly ReminderItem[]>;
  #byConversation: ReadonlyMap<string, ByMessage> = new Map();
  #shown: readonly ReminderItem[] = [];

  constructor(model: Model, outbox: Outbox, commands: Commands, time: CorrectedTime) {
    this.#model = model;
    this.#commands = commands;
    this.#time = time;
    this.#kept = new Kept<StoredMeta["reminders"], readonly ReminderItem[]>(model, outbox, {
      stored: ({ reminders }) => reminders,
      with: (stored, head, pending, before) => shareStructure(before, remindersWith(stored, head, pending)),
      none: [],
    });
  }

  refresh(batch: Batch): void {
    if (!this.#kept.refresh(batch)) return;
    const all = Map.groupBy(this.#kept.value, ({ conversation }) => conversation);
    this.#byConversation = new Map(
      [...all].map(([id, reminders]) => [id, new Map(reminders.map((one) => [one.message, one]))]),
    );
    batch.touchedAll = true;
  }

  /** The next one first; undefined while none is set. */
  get all(): readonly ReminderItem[] | undefined {
    const items = this.#kept.value.map((item) => this.#onDevice(item));
    this.#shown = shareStructure(this.#shown, items);
    return this.#shown.length === 0 ? undefined : this.#shown;
  }

  /** By message. */
  in(conversation: string): ByMessage {
    const known = this.#byConversation.get(conversation) ?? none;
    return known.size === 0 ? none : new Map([...known].map(([message, item]) => [message, this.#onDevice(item)]));
  }

  /** @param at by the device's clock */
  set(id: string, conversation: string, message: string, at: number, batch: Batch): void {
    const value = { conversation, message, at: wholeMs(this.#time.of(at)) };
    this.#commands.enqueue(id, this.#model.meta.account, { case: "setReminder", value }, batch);
  }

  clear(id: string, conversation: string, message: string, batch: Batch): void {
    const value = { conversation, message };
    this.#commands.enqueue(id, this.#model.meta.account, { case: "clearReminder", value }, batch);
  }

  #onDevice(item: ReminderItem): ReminderItem {
    return { ...item, at: this.#time.onDevice(item.at) };
  }
}
