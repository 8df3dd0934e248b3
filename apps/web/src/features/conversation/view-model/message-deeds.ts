import type { ConversationView, MessageRow, ReactionView, Timeline } from "@parley/client";
import type { ComposerViewModel } from "./composer-view-model.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import { copiedText, type SelectedMessage } from "./copied-text.ts";
import { type MessageActions, messageActions } from "./message-actions.ts";
import { messageRowOf } from "./message-row-of.ts";
import type { TimelineItem } from "./timeline-item.ts";

export interface MessageDeedsParts {
  readonly ports: ConversationPorts;
  readonly conversation: string;
  readonly timeline: Timeline;
  readonly composer: ComposerViewModel;
  readonly about: () => ConversationView | undefined;
  /** What is drawn. */
  readonly items: () => readonly TimelineItem[];
}

/** What can be asked about the messages of an open conversation, and done with each of them. */
export class MessageDeeds {
  readonly #parts: MessageDeedsParts;

  constructor(parts: MessageDeedsParts) {
    this.#parts = parts;
  }

  /** What may be done with a message; undefined for what is not a message, or not in the window. */
  actionsFor = (id: string): MessageActions | undefined => {
    const row = this.#row(id);
    return row && this.actionsOf(row);
  };

  hasThread = (id: string): boolean => this.#row(id)?.thread !== undefined;

  /** When a message was written; undefined where it is not in the window. */
  writtenAt = (id: string): number | undefined => this.#row(id)?.at;

  /** Who wrote a message; undefined where it is not in the window. */
  authorOf = (id: string): { readonly account: string; readonly name: string } | undefined => {
    const row = this.#row(id);
    return row && { account: row.author, name: row.authorName };
  };

  react = (id: string, emoji: string, set: boolean): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.react(newId(), this.#parts.conversation, id, emoji, set));
  };

  /** Who reacted to a message, by emoji. */
  reactionsTo = (id: string): readonly ReactionView[] => this.#row(id)?.reactions ?? [];

  /** Keeps a message among the saved ones, or no more. */
  save = (id: string, saved: boolean): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.save(newId(), this.#parts.conversation, id, saved));
  };

  clearReminder = (id: string): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.clearReminder(newId(), this.#parts.conversation, id));
  };

  /** What is written from now on answers a message. False where it cannot be answered. */
  reply = (id: string): boolean => {
    if (this.actionsFor(id)?.canReply !== true) return false;
    this.#parts.composer.cancelEdit();
    this.#parts.composer.setReply(id);
    return true;
  };

  /** Pins a message for all members, or no more. */
  pin = (id: string, pinned: boolean): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.pinMessage(newId(), this.#parts.conversation, id, pinned));
  };

  startEdit = (id: string): void => {
    const row = this.#row(id);
    if (row?.body.kind === "text") this.#parts.composer.startEdit(id, row.body.text);
  };

  deleteForEveryone = (id: string): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.deleteMessage(newId(), this.#parts.conversation, id));
  };

  deleteForMe = (id: string): void => {
    const { engine, newId } = this.#parts.ports;
    void this.#attempt(engine.hide(newId(), this.#parts.conversation, [id]));
  };

  copy = async (id: string): Promise<void> => {
    const row = this.#row(id);
    if (row?.body.kind !== "text") return;
    const { notices, copyText, texts } = this.#parts.ports;
    const copied = await notices.attempt(copyText(row.body.text), texts.conversation.copyFailed);
    if (copied) notices.show(texts.conversation.copied);
  };

  /** What a selection over messages is copied as. */
  copiedText = (selected: readonly SelectedMessage[]): string => {
    const { format, texts } = this.#parts.ports;
    const items = new Map(this.#parts.items().map((item) => [item.key, item]));
    const copied = selected.flatMap((one) => {
      const row = this.#row(one.id);
      const item = items.get(one.id);
      return row === undefined || item?.kind !== "message" ? [] : [{ ...one, row, author: item.author.name }];
    });
    return copiedText(copied, format, texts);
  };

  /** Sends a failed message again. */
  retry = (id: string): void => void this.#attempt(this.#parts.ports.engine.retry(id));

  discard = (id: string): void => void this.#attempt(this.#parts.ports.engine.discard(id));

  /** A message that was never sent goes back into the composer. */
  takeBack = (id: string): void => {
    const row = this.#row(id);
    if (row?.status?.kind !== "failed" || row.ordinal !== undefined || row.body.kind !== "text") return;
    this.#parts.composer.takeBack(row.body.text, row.quote?.id);
    this.discard(id);
  };

  /** One's own message that was written last, where it can be edited. */
  lastOwn(): { readonly id: string; readonly text: string } | undefined {
    const { rows } = this.#parts.timeline.get();
    const row = rows.findLast((one) => one.kind === "message" && one.mine && one.body.kind === "text");
    if (row?.kind !== "message" || row.body.kind !== "text") return undefined;
    return this.actionsFor(row.id)?.canEdit === true ? { id: row.id, text: row.body.text } : undefined;
  }

  actionsOf(row: MessageRow): MessageActions | undefined {
    const { about, timeline, ports } = this.#parts;
    const conversation = about();
    return conversation && messageActions(row, conversation, timeline.get(), ports.format);
  }

  #row(id: string): MessageRow | undefined {
    return messageRowOf(this.#parts.timeline, id);
  }

  async #attempt(action: Promise<unknown>): Promise<void> {
    const { notices, texts } = this.#parts.ports;
    await notices.attempt(action, texts.conversation.actionFailed);
  }
}
