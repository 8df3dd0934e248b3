import type { ScheduleDraft, ScheduledItem } from "../api/scheduled-view.ts";
import { scheduledWith } from "../core/account-scheduled.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { changeScheduledBody, scheduleBody } from "./command-body.ts";
import type { Commands } from "./commands.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { EngineError } from "./engine-error.ts";
import { Kept } from "./kept.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** The messages that wait to be posted for the account, as the device knows it, with what the outbox is to change. */
export class ScheduledKeeper {
  readonly #model: Model;
  readonly #commands: Commands;
  readonly #time: CorrectedTime;
  /** By the server's clock. */
  readonly #kept: Kept<StoredMeta["scheduled"], readonly ScheduledItem[]>;
  #shown: readonly ScheduledItem[] = [];

  constructor(model: Model, outbox: Outbox, commands: Commands, time: CorrectedTime) {
    this.#model = model;
    this.#commands = commands;
    this.#time = time;
    this.#kept = new Kept<StoredMeta["scheduled"], readonly ScheduledItem[]>(model, outbox, {
      stored: ({ scheduled }) => scheduled,
      with: (stored, head, pending, before) => shareStructure(before, scheduledWith(stored, head, pending)),
      none: [],
    });
  }

  refresh(batch: Batch): void {
    if (this.#kept.refresh(batch)) batch.touchedAll = true;
  }

  /** The next one first; undefined while nothing waits. */
  get all(): readonly ScheduledItem[] | undefined {
    const items = this.#kept.value.map((item) => ({ ...item, at: this.#time.onDevice(item.at) }));
    this.#shown = shareStructure(this.#shown, items);
    return this.#shown.length === 0 ? undefined : this.#shown;
  }

  schedule({ id, conversation, text, at, replyTo = "" }: ScheduleDraft, batch: Batch): void {
    const plain = { text, replyTo, forwarded: false };
    const envelope = this.#commands.envelopeOf(conversation, text);
    this.#commands.enqueue(id, this.#account, scheduleBody(conversation, this.#time.of(at), plain, envelope), batch);
  }

  /** @param at by the device's clock */
  change(id: string, target: string, text: string, at: number, batch: Batch): void {
    const known = this.#now(batch).find((one) => one.id === target);
    if (known === undefined) throw new EngineError("not-found", "No such scheduled message on this device.");
    const plain = { text, replyTo: known.replyTo ?? "", forwarded: false };
    const envelope = this.#commands.envelopeOf(known.conversation, text);
    this.#commands.enqueue(id, this.#account, changeScheduledBody(target, this.#time.of(at), plain, envelope), batch);
  }

  cancel(id: string, target: string, batch: Batch): void {
    this.#commands.enqueue(id, this.#account, { case: "cancelScheduled", value: { target } }, batch);
  }

  /** Also with what the same batch has queued before. */
  #now(batch: Batch): readonly ScheduledItem[] {
    this.refresh(batch);
    return this.#kept.value;
  }

  get #account(): string {
    return this.#model.meta.account;
  }
}
