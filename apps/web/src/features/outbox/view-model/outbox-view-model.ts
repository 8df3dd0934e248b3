import type { ConversationView, Engine, Observable, OutboxGroup, OutboxItem } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import { deedText, discardWarning, stateText, waitText } from "./outbox-words.ts";

export interface OutboxSnapshot {
  /** How much waits and how much failed. */
  readonly summary: string;
  readonly groups: readonly OutboxGroupItem[];
  /** Whether something waits that could be tried now. */
  readonly canTryNow: boolean;
}

/** What waits and what failed in one conversation. */
export interface OutboxGroupItem {
  readonly id: string;
  readonly title: string;
  /** Why it waits; undefined if nothing does. */
  readonly wait: string | undefined;
  readonly lines: readonly OutboxLine[];
  /** What is counted but not listed. */
  readonly more: string | undefined;
  /** Ids of what failed, if there are several. */
  readonly allFailed: readonly string[];
}

export interface OutboxLine {
  readonly id: string;
  readonly text: string;
  readonly since: string;
  readonly fullTime: string;
  /** Empty where the group says it. */
  readonly state: string;
  readonly failed: boolean;
  /** Cannot be given up: it gives something up itself. */
  readonly final: boolean;
  /** What to say before it is discarded; undefined if nothing can have been seen of it. */
  readonly warning: string | undefined;
}

export interface OutboxPorts {
  readonly engine: Pick<
    Engine,
    "account" | "outbox" | "connection" | "conversations" | "retry" | "discard" | "reconnect"
  >;
  readonly now: () => number;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Notices;
}

/** What this device has not got through, in words, and what can be done about it. */
export class OutboxViewModel implements Observable<OutboxSnapshot> {
  readonly #ports: OutboxPorts;
  readonly #snapshot: ObservedValue<OutboxSnapshot>;
  readonly #disposables = new Disposables();

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    const { engine } = ports;
    const update = () => this.#snapshot.set(this.#draw());
    this.#disposables.add(engine.outbox.subscribe(update), engine.connection.subscribe(update));
  }

  get = (): OutboxSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  tryNow = (): void => this.#ports.engine.reconnect();

  retry = (ids: readonly string[]): Promise<void> => this.#each(ids, (id) => this.#ports.engine.retry(id));

  discard = (ids: readonly string[]): Promise<void> => this.#each(ids, (id) => this.#ports.engine.discard(id));

  /** One after the other; one that went with another before is not there any more, and that is no problem. */
  async #each(ids: readonly string[], act: (id: string) => Promise<unknown>): Promise<void> {
    const { notices, texts } = this.#ports;
    for (const id of ids) {
      const done = act(id).catch((thrown: unknown) => {
        if (!isGone(thrown)) throw thrown;
      });
      if (!(await notices.attempt(done, texts.conversation.actionFailed))) return;
    }
  }

  #draw(): OutboxSnapshot {
    const { engine, texts } = this.#ports;
    const { waiting, failed, groups } = engine.outbox.get();
    const { conversations, threads = [] } = engine.conversations.get();
    const known = new Map([...conversations, ...threads].map((one) => [one.id, one]));
    return {
      summary: texts.outbox.summary(waiting, failed),
      groups: groups.map((group) => this.#group(group, known)),
      canTryNow: waiting > 0,
    };
  }

  #group(group: OutboxGroup, known: ReadonlyMap<string, ConversationView>): OutboxGroupItem {
    const { engine, texts, format, now } = this.#ports;
    const titleOf = (id: string): string => {
      const conversation = known.get(id);
      if (conversation?.thread !== undefined) return texts.threads.of(titleOf(conversation.thread.conversation));
      return conversation === undefined ? texts.outbox.unknownConversation : conversationTitle(conversation, texts);
    };
    const ofAccount = group.id === engine.account.get().account;
    const title = ofAccount ? texts.outbox.ownList : titleOf(group.id);
    const failed = group.items.filter(({ state }) => state.kind === "failed").map(({ id }) => id);
    const more = group.waiting + group.failed - group.items.length;
    return {
      id: group.id,
      title,
      wait: group.waiting === 0 ? undefined : waitText(group, engine.connection.get(), { texts, format, now: now() }),
      lines: group.items.map((item) => this.#line(item, title, titleOf)),
      more: more === 0 ? undefined : texts.outbox.more(more),
      allFailed: failed.length > 1 ? failed : [],
    };
  }

  #line(item: OutboxItem, title: string, titleOf: (conversation: string) => string): OutboxLine {
    const { texts, format, now } = this.#ports;
    return {
      id: item.id,
      text: deedText(item.what, texts, titleOf),
      since: sinceText(format.seen(item.at, now()), texts),
      fullTime: format.full(item.at),
      state: stateText(item, title, texts),
      failed: item.state.kind === "failed",
      final: item.what.kind === "withdraw",
      warning: discardWarning(item, texts),
    };
  }
}

function sinceText(seen: string, texts: Texts): string {
  return seen === texts.time.justNow ? texts.outbox.sinceNow : texts.outbox.since(seen);
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === "not-found";
}
