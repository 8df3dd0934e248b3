import type { ConversationListView, Engine } from "@parley/client";
import type { EngineSideMessage } from "../protocol/messages.ts";
import { arrivals, readMeanwhile } from "./arrivals.ts";

/** A tab, as far as notifications are concerned. */
export interface NotifyingTab {
  /** Whether a person can be looking at it. */
  readonly looking: boolean;
  send(message: EngineSideMessage): void;
}

/**
 * The one place that decides whether a person is told of a message: only if nobody looks at any tab, and then by one tab alone, the one that was looked
 * at last.
 */
export class NotificationDesk {
  readonly #conversations: Engine["conversations"];
  readonly #tabs: Iterable<NotifyingTab>;
  readonly #stop: () => void;
  #before: ConversationListView;

  /** @param tabs the one that was looked at last is the last of them */
  constructor(conversations: Engine["conversations"], tabs: Iterable<NotifyingTab>) {
    this.#conversations = conversations;
    this.#tabs = tabs;
    this.#before = conversations.get();
    this.#stop = conversations.subscribe(() => this.#changed());
  }

  stop(): void {
    this.#stop();
  }

  #changed(): void {
    const before = this.#before;
    const after = this.#conversations.get();
    this.#before = after;
    const tabs = [...this.#tabs];
    for (const conversation of readMeanwhile(before, after)) {
      for (const tab of tabs) tab.send({ kind: "withdraw", conversation });
    }
    if (tabs.some(({ looking }) => looking)) return;
    for (const arrival of arrivals(before, after)) tabs.at(-1)?.send({ kind: "notify", ...arrival });
  }
}
