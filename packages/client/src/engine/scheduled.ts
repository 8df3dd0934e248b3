import type { ScheduleDraft, ScheduledItem } from "../api/scheduled-view.ts";
import { scheduledWith } from "../core/account-scheduled.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { StoredMeta } from "../ports/client-store.ts";
import type { Batch } from "./batch.ts";
import { changeScheduledBody, scheduleBody } from "./command-body.ts";
import type { Commands } from "./commands.ts";
import type { CorrectedTime } from "./corrected-time.ts";
import { EngineError } from "./engine-error.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";

/** The messages that wait to be posted for the account, as the device knows it, with what the outbox is to change. */
export class ScheduledKeeper {
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #commands: Commands;
  readonly #time: CorrectedTime;
  #stored: StoredMeta["scheduled"];
  #read = false;
  #all: readonly ScheduledItem[] = [];

  constructor(model: Model, outbox: Outbox, commands: Commands, time: CorrectedTime) {
    this.#model = model;
    this.#outbox = outbox;
    this.#commands = commands;
    this.#time = time;
  }

  /** To be called before views are made: after a change of the outbox, what is known is not as it was. */
  refresh(batch: Batch): void {
    const { meta } = this.#model;
    if (this.#read && this.#stored === meta.scheduled && !batch.touched.has(meta.account)) return;
    this.#read = true;
    this.#stored = meta.scheduled;
    const pending = this.#outbox.inLog(meta.account);
    const all = shareStructure(this.#all, scheduledWith(meta.scheduled, meta.accountHead, pending));
    if (all === this.#all) return;
    this.#all = all;
    batch.touchedAll = true;
  }

  /** The next one first; undefined while nothing waits. */
  get all(): readonly ScheduledItem[] | undefined {
    return this.#all.length === 0 ? undefined : this.#all;
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
    return this.#all;
  }

  get #account(): string {
    return this.#model.meta.account;
  }
}
