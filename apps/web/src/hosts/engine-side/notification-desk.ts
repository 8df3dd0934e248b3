import type { ConversationListView, Engine, ReminderItem } from "@parley/client";
import type { EngineSideMessage } from "../protocol/messages.ts";
import { arrivals, readMeanwhile } from "./arrivals.ts";
import { dueIn, dueNoMore, newlyDue } from "./due-reminders.ts";

/** A tab, as far as notifications are concerned. */
export interface NotifyingTab {
  /** Whether a person can be looking at it. */
  readonly looking: boolean;
  send(message: EngineSideMessage): void;
}

/**
 * The one place that decides whether a person is told of a message, or reminded of one: only if nobody looks at any tab, and then by one tab alone, the one
 * that was looked at last.
 */
export class NotificationDesk {
  readonly #engine: Pick<Engine, "conversations" | "account">;
  readonly #tabs: Iterable<NotifyingTab>;
  readonly #stops: readonly (() => void)[];
  #before: ConversationListView;
  /** Undefined until what is stored on this device was told: that is nothing new. */
  #due: readonly ReminderItem[] | undefined;
  #looksSoon = false;
  #stopped = false;

  /** @param tabs the one that was looked at last is the last of them */
  constructor(engine: Pick<Engine, "conversations" | "account">, tabs: Iterable<NotifyingTab>) {
    this.#engine = engine;
    this.#tabs = tabs;
    this.#before = engine.conversations.get();
    this.#stops = [
      engine.conversations.subscribe(() => this.#changed()),
      engine.account.subscribe(() => this.#lookAtReminders()),
    ];
    this.#lookAtReminders();
  }

  stop(): void {
    this.#stopped = true;
    for (const stop of this.#stops) stop();
  }

  #changed(): void {
    const before = this.#before;
    const after = this.#engine.conversations.get();
    this.#before = after;
    this.#withdraw(readMeanwhile(before, after));
    for (const arrival of arrivals(before, after)) this.#tell({ kind: "notify", ...arrival });
    if (!before.loaded) this.#lookAtReminders();
  }

  /** In a moment: the parts of a view that change together are told one after the other. */
  #lookAtReminders(): void {
    if (this.#looksSoon) return;
    this.#looksSoon = true;
    queueMicrotask(() => {
      this.#looksSoon = false;
      if (this.#stopped || !this.#engine.conversations.get().loaded) return;
      const before = this.#due;
      const after = dueIn(this.#engine.account.get());
      this.#due = after;
      if (before === undefined) return;
      this.#withdraw(dueNoMore(before, after));
      const reminders = newlyDue(before, after);
      if (reminders !== undefined) this.#tell({ kind: "remind", ...reminders });
    });
  }

  #withdraw(tags: readonly string[]): void {
    for (const tag of tags) for (const tab of this.#tabs) tab.send({ kind: "withdraw", tag });
  }

  /** Unless somebody looks. */
  #tell(message: EngineSideMessage): void {
    const tabs = [...this.#tabs];
    if (!tabs.some(({ looking }) => looking)) tabs.at(-1)?.send(message);
  }
}
