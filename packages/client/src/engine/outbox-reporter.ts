import { emptyOutbox, type OutboxGroup, type OutboxView } from "../api/outbox-view.ts";
import { contentText, entryText } from "../core/command-deed.ts";
import { nameOf } from "../core/conversation-view.ts";
import { outboxGroup, shownOf } from "../core/outbox-group.ts";
import { changedBy, type Pending, targetOfCommand } from "../core/pending.ts";
import { shareStructure } from "../core/share-structure.ts";
import type { Clock } from "../ports/clock.ts";
import type { Batch } from "./batch.ts";
import type { Model } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import { Value } from "./value.ts";

/** What is through sooner than this is never told of, and the view changes no more often. */
const LOOK_AFTER_MS = 200;
const MOST_GROUPS = 100;

/** Makes the view of the outbox: bounded, some times a second, and only of what stays for longer than a moment. */
export class OutboxReporter {
  readonly view = new Value<OutboxView>(emptyOutbox);
  readonly #model: Model;
  readonly #outbox: Outbox;
  readonly #clock: Clock;
  readonly #again: () => void;
  readonly #isDoubted: (log: string) => boolean;
  #lookAt: number | undefined;

  /**
   * @param again makes the engine look once more
   * @param isDoubted logs to which nothing may be sent now
   */
  constructor(model: Model, outbox: Outbox, clock: Clock, again: () => void, isDoubted: (log: string) => boolean) {
    this.#model = model;
    this.#outbox = outbox;
    this.#clock = clock;
    this.#again = again;
    this.#isDoubted = isDoubted;
  }

  /** Looks, if it is time to; else sees to it that somebody looks. */
  async refresh(batch: Batch): Promise<void> {
    const now = this.#clock.elapsed();
    if (this.#lookAt !== undefined && now >= this.#lookAt) {
      this.#lookAt = undefined;
      const view = await this.#look(batch);
      batch.after(() => this.view.set(shareStructure(this.view.get(), view)));
      return;
    }
    const mayHaveChanged = batch.touchedAll || batch.touched.size > 0;
    if (!mayHaveChanged || this.#lookAt !== undefined || (this.#outbox.isQuiet && this.view.get() === emptyOutbox))
      return;
    this.#lookAt = now + LOOK_AFTER_MS;
    this.#clock.after(LOOK_AFTER_MS, this.#again);
  }

  async #look(batch: Batch): Promise<OutboxView> {
    if (this.#outbox.isQuiet) return emptyOutbox;
    // All reads at once: one after the other they would hold up what waits behind this batch.
    const made = await Promise.all([...this.#outbox.logs].map((log) => this.#group(log, batch)));
    const groups = made.filter((group) => group !== undefined);
    groups.sort((one, other) => Math.sign(other.failed) - Math.sign(one.failed) || oldestOf(one) - oldestOf(other));
    return {
      waiting: this.#outbox.waitingCount,
      failed: groups.reduce((sum, { failed }) => sum + failed, 0),
      groups: groups.slice(0, MOST_GROUPS),
    };
  }

  async #group(log: string, batch: Batch): Promise<OutboxGroup | undefined> {
    const queue = this.#outbox.queueOf(log);
    const rejected = this.#outbox.rejectedIn(log);
    const texts = await this.#texts(log, shownOf(queue, rejected), batch);
    return outboxGroup(queue, rejected, {
      now: this.#clock.now(),
      elapsed: this.#clock.elapsed(),
      doubted: this.#isDoubted(log),
      nameOf: (account) => nameOf(account, this.#model.profiles),
      textOf: (message) => texts.get(message) ?? "",
    });
  }

  /** The texts of the messages that these commands are about: from the outbox where they wait themselves, else as they are held. */
  async #texts(log: string, commands: readonly Pending[], batch: Batch): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    const held: string[] = [];
    for (const id of new Set(
      commands
        .map(({ command }) => changedBy(command) ?? targetOfCommand(command))
        .filter((target) => target !== undefined),
    )) {
      const body = this.#outbox.get(id)?.command.body;
      if (body?.case === "post") texts.set(id, contentText(body.value.content));
      else held.push(id);
    }
    for (const entry of await batch.entriesById(log, held)) texts.set(entry.id, entryText(entry));
    return texts;
  }
}

function oldestOf({ items }: OutboxGroup): number {
  return Math.min(...items.map(({ at }) => at));
}
