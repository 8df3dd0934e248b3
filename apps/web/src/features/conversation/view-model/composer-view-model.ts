import type { Clock, Observable } from "@parley/client";
import { limits } from "@parley/protocol";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { DraftKeeper } from "./draft-keeper.ts";

export interface ComposerSnapshot {
  readonly text: string;
  /** The id of the message being edited. */
  readonly editing: string | undefined;
  /** How many characters too long; 0 if it fits. */
  readonly over: number;
  readonly canSend: boolean;
}

/** What the composer asks of the conversation it belongs to. */
export interface ComposerPorts {
  readonly conversation: string;
  readonly clock: Clock;
  readonly keeper: DraftKeeper;
  send(text: string): void;
  edit(target: string, text: string): void;
  /** The newest own message that can be edited. */
  lastOwn(): { readonly id: string; readonly text: string } | undefined;
  typing(active: boolean): void;
  saveDraft(text: string): Promise<void>;
}

const SAVE_AFTER_MS = 400;

/** The text being written. Every change is kept at once, so that no character is lost to a reload or a switch. */
export class ComposerViewModel implements Observable<ComposerSnapshot> {
  readonly #ports: ComposerPorts;
  readonly #snapshot: ObservedValue<ComposerSnapshot>;
  /** What was being written before an edit began. */
  #setAside = "";
  #stopSaving: () => void = () => {};
  #unsaved = false;
  #touched = false;

  constructor(ports: ComposerPorts) {
    this.#ports = ports;
    const kept = ports.keeper.read(ports.conversation);
    this.#touched = kept !== undefined;
    this.#snapshot = new ObservedValue(composed(kept ?? "", undefined));
    // The page went before the engine had stored it.
    if (kept !== undefined) this.#keep(kept);
  }

  /** The draft as the engine has it, once it is known. What was typed meanwhile, or kept from a moment ago, is newer. */
  offerDraft(text: string): void {
    if (this.#touched) return;
    this.#touched = true;
    this.#snapshot.set(composed(text, undefined));
  }

  get = (): ComposerSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  setText = (text: string): void => {
    const { editing } = this.get();
    this.#snapshot.set(composed(text, editing));
    this.#ports.typing(text !== "");
    if (editing === undefined) this.#keep(text);
  };

  submit = (): void => {
    const { text, editing, canSend } = this.get();
    if (!canSend) return;
    const finished = trimmed(text);
    if (editing === undefined) {
      this.#snapshot.set(composed("", undefined));
      this.#ports.send(finished);
      this.#keep("");
      this.#save();
    } else {
      this.#endEdit();
      this.#ports.edit(editing, finished);
    }
    this.#ports.typing(false);
  };

  startEdit = (target: string, text: string): void => {
    if (this.get().editing === undefined) this.#setAside = this.get().text;
    this.#snapshot.set(composed(text, target));
  };

  /** Up in an empty composer. Whether there was something to edit. */
  editLastOwn = (): boolean => {
    const { text, editing } = this.get();
    const last = text === "" && editing === undefined ? this.#ports.lastOwn() : undefined;
    if (last !== undefined) this.startEdit(last.id, last.text);
    return last !== undefined;
  };

  cancelEdit = (): void => {
    if (this.get().editing === undefined) return;
    this.#endEdit();
    this.#ports.typing(false);
  };

  blur = (): void => {
    this.#ports.typing(false);
    this.#save();
  };

  dispose = (): void => this.blur();

  #endEdit(): void {
    this.#snapshot.set(composed(this.#setAside, undefined));
    this.#setAside = "";
  }

  #keep(text: string): void {
    this.#touched = true;
    this.#ports.keeper.write(this.#ports.conversation, text);
    this.#unsaved = true;
    this.#stopSaving();
    this.#stopSaving = this.#ports.clock.after(SAVE_AFTER_MS, () => this.#save());
  }

  #save(): void {
    this.#stopSaving();
    if (!this.#unsaved) return;
    this.#unsaved = false;
    const { conversation, keeper } = this.#ports;
    const text = keeper.read(conversation) ?? "";
    const stored = () => {
      if (!this.#unsaved && keeper.read(conversation) === text) keeper.clear(conversation);
    };
    // Not stored: the keeper still has it, and the next change tries again.
    this.#ports.saveDraft(text).then(stored, () => {
      this.#unsaved = true;
    });
  }
}

function composed(text: string, editing: string | undefined): ComposerSnapshot {
  const over = Math.max(0, lengthOf(text) - limits.textCharacters);
  return { text, editing, over, canSend: over === 0 && trimmed(text) !== "" };
}

/** Without empty lines before and white space behind. */
function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, "").trimEnd();
}

/** Counting code points is only needed near the limit. */
function lengthOf(text: string): number {
  return text.length <= limits.textCharacters ? text.length : [...text].length;
}
