import type { AccountView, Engine, MessageRow, Observable, Timeline } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";
import type { Notices } from "../../notices/view-model/notices.ts";
import { copiedText } from "./copied-text.ts";
import type { MessageActions } from "./message-actions.ts";
import { MessageSelection, MOST_SELECTED } from "./message-selection.ts";

export interface SelectingSnapshot {
  readonly ids: ReadonlySet<string>;
  /** How many there are, in words. */
  readonly label: string;
  /** All of them may be deleted for everyone. */
  readonly canDelete: boolean;
  /** All of them can be deleted for oneself. */
  readonly canHide: boolean;
}

export interface SelectingPorts {
  readonly conversation: string;
  readonly timeline: Timeline;
  readonly engine: Pick<Engine, "deleteMessage" | "hide">;
  readonly account: Observable<AccountView>;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly notices: Notices;
  readonly newId: () => string;
  readonly copyText: (text: string) => Promise<void>;
  actionsOf(row: MessageRow): MessageActions | undefined;
}

/** Selecting several messages, to do something with all of them; undefined while nobody does. */
export class Selecting implements Observable<SelectingSnapshot | undefined> {
  readonly #ports: SelectingPorts;
  readonly #snapshot = new ObservedValue<SelectingSnapshot | undefined>(undefined);
  #selection: MessageSelection | undefined;

  constructor(ports: SelectingPorts) {
    this.#ports = ports;
  }

  get = (): SelectingSnapshot | undefined => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  /** Selects a message, or does so no more. @param run all from the one toggled last to this one, too */
  toggle = (id: string, run = false): void => {
    const row = this.#row(id);
    if (row === undefined) return;
    if (this.#selection === undefined) this.#selection = new MessageSelection(row);
    else this.#change(this.#selection, row, run);
    this.#show();
  };

  end = (): void => {
    this.#selection = undefined;
    this.#show();
  };

  /** The selected messages, oldest first. */
  get messages(): readonly string[] {
    return this.#rows.map(({ id }) => id);
  }

  copy = async (): Promise<void> => {
    const { account, texts, format, notices, copyText } = this.#ports;
    const copied = this.#rows.map((row) => {
      const author = row.authorName || (row.mine ? account.get().displayName : texts.common.unknownPerson);
      return { id: row.id, text: "", whole: true, row, author };
    });
    if (!(await notices.attempt(copyText(copiedText(copied, format, texts)), texts.conversation.copyFailed))) return;
    notices.show(texts.conversation.copied);
    this.end();
  };

  deleteForEveryone = (): void => {
    const { conversation, engine, newId, notices, texts } = this.#ports;
    const deleted = this.#rows.map(({ id }) => engine.deleteMessage(newId(), conversation, id));
    void notices.attempt(Promise.all(deleted), texts.conversation.actionFailed);
    this.end();
  };

  deleteForMe = (): void => {
    const { conversation, engine, newId, notices, texts } = this.#ports;
    const hidden = engine.hide(newId(), conversation, this.messages);
    void notices.attempt(hidden, texts.conversation.actionFailed);
    this.end();
  };

  /** The rows of the window changed. */
  timelineChanged(): void {
    if (this.#selection === undefined) return;
    this.#selection.follow(this.#ports.timeline.get().rows, isSelectable);
    this.#show();
  }

  #change(selection: MessageSelection, row: MessageRow, run: boolean): void {
    const { timeline, notices, texts } = this.#ports;
    const fits = run ? selection.extend(row, timeline.get().rows, isSelectable) : selection.toggle(row);
    if (!fits) notices.show(texts.selection.tooMany(MOST_SELECTED));
  }

  #show(): void {
    const before = this.get();
    const ids = this.#selection?.snapshot.ids;
    if (ids === undefined || ids.size === 0) {
      this.#selection = undefined;
      this.#snapshot.set(undefined);
      return;
    }
    const actions = this.#rows.map((row) => this.#ports.actionsOf(row));
    const canDelete = actions.every((one) => one?.canDelete === true);
    const canHide = actions.every((one) => one?.canHide === true);
    if (before?.ids === ids && before.canDelete === canDelete && before.canHide === canHide) return;
    this.#snapshot.set({ ids, label: this.#ports.texts.selection.count(ids.size), canDelete, canHide });
  }

  get #rows(): readonly MessageRow[] {
    return this.#selection?.rows ?? [];
  }

  #row(id: string): MessageRow | undefined {
    const row = this.#ports.timeline.get().rows.find((one) => one.id === id);
    return row?.kind === "message" && isSelectable(row) ? row : undefined;
  }
}

function isSelectable({ body }: MessageRow): boolean {
  return body.kind === "text";
}
