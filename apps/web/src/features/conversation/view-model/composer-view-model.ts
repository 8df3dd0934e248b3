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
  /** @param draft what the engine's draft says, which ends with it */
  send(text: string, draft: string): void;
  edit(target: string, text: string): void;
  /** The newest own message that can be edited. */
  lastOwn(): { readonly id: string; readonly text: string } | undefined;
  typing(active: boolean): void;
  /** @param from what the engine's draft said when this was begun */
  saveDraft(text: string, from: string): Promise<void>;
}

const SAVE_AFTER_MS = 400;
/** Who has not touched a key for so long is not typing. */
const RESTS_AFTER_MS = 5_000;
const REMEMBERED_ECHOES = 8;

/**
 * The text being written. Every change is kept at once, so that no character is lost to a reload or a switch. What other devices write is taken while nobody
 * types here; what both wrote the engine joins.
 */
export class ComposerViewModel implements Observable<ComposerSnapshot> {
  readonly #ports: ComposerPorts;
  readonly #snapshot: ObservedValue<ComposerSnapshot>;
  /** What is being written, also while a message is edited. */
  #draft: string;
  /** What the engine's draft says, as far as this composer has taken or saved it. */
  #base: string;
  /** The engine's draft as it was offered last. */
  #offered: string | undefined;
  /** Whether that was not taken. */
  #pending = false;
  /** Saved since the engine last offered what was saved: what it offers of them comes late. */
  #echoes: string[] = [];
  #stopSaving: () => void = () => {};
  #stopResting: () => void = () => {};
  #unsaved = false;
  #saving = false;
  #typing = false;

  constructor(ports: ComposerPorts) {
    this.#ports = ports;
    const kept = ports.keeper.read(ports.conversation);
    this.#draft = kept?.text ?? "";
    this.#base = kept?.base ?? "";
    this.#snapshot = new ObservedValue(composed(this.#draft, undefined));
    // The page went before the engine had stored it.
    if (kept !== undefined) this.#keep(kept.text);
  }

  /** The draft as the engine has it. */
  offerDraft(text: string): void {
    if (text === this.#offered) return;
    this.#offered = text;
    this.#pending = text !== this.#base && !this.#echoes.includes(text);
    if (text === this.#base) this.#echoes = [];
    this.#takeOffered();
  }

  get = (): ComposerSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);

  setText = (text: string): void => {
    const { editing } = this.get();
    this.#snapshot.set(composed(text, editing));
    this.#ports.typing(text !== "");
    this.#typing = true;
    this.#stopResting();
    this.#stopResting = this.#ports.clock.after(RESTS_AFTER_MS, () => this.#rest());
    if (editing === undefined) this.#keep(text);
  };

  submit = (): void => {
    const { text, editing, canSend } = this.get();
    if (!canSend) return;
    const finished = trimmed(text);
    if (editing === undefined) this.#send(finished);
    else {
      this.#endEdit();
      this.#ports.edit(editing, finished);
    }
    this.#ports.typing(false);
  };

  startEdit = (target: string, text: string): void => this.#snapshot.set(composed(text, target));

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
    this.#rest();
  };

  dispose = (): void => this.blur();

  /** The engine ends the draft together with the post. */
  #send(finished: string): void {
    const { conversation, keeper, send } = this.#ports;
    const draft = this.#base;
    this.#stopSaving();
    this.#unsaved = false;
    this.#draft = "";
    this.#settleOn("");
    this.#snapshot.set(composed("", undefined));
    send(finished, draft);
    keeper.clear(conversation);
  }

  #endEdit(): void {
    this.#snapshot.set(composed(this.#draft, undefined));
    this.#takeOffered();
  }

  #rest(): void {
    this.#stopResting();
    this.#typing = false;
    this.#takeOffered();
  }

  /** Never under the hands of who types, and never in place of what is not saved. */
  #takeOffered(): void {
    const text = this.#offered;
    const busy = this.#typing || this.#unsaved || this.#saving || this.get().editing !== undefined;
    if (!this.#pending || text === undefined || busy) return;
    this.#pending = false;
    this.#echoes = [];
    this.#base = text;
    this.#draft = text;
    this.#snapshot.set(composed(text, undefined));
  }

  #keep(text: string): void {
    const { conversation, keeper, clock } = this.#ports;
    this.#draft = text;
    keeper.write(conversation, { text, base: this.#base });
    this.#unsaved = true;
    this.#stopSaving();
    this.#stopSaving = clock.after(SAVE_AFTER_MS, () => this.#save());
  }

  #save(): void {
    this.#stopSaving();
    if (!this.#unsaved || this.#saving) return;
    const [text, from] = [this.#draft, this.#base];
    this.#unsaved = false;
    this.#saving = true;
    this.#settleOn(text);
    this.#ports.saveDraft(text, from).then(
      () => this.#saved(text),
      // The keeper still has it, and the next change tries again.
      () => {
        this.#saving = false;
        this.#unsaved = true;
        if (this.#base === text) this.#base = from;
      },
    );
  }

  #saved(text: string): void {
    const { conversation, keeper } = this.#ports;
    this.#saving = false;
    if (this.#unsaved) this.#save();
    else if (keeper.read(conversation)?.text === text) keeper.clear(conversation);
    this.#takeOffered();
  }

  /** This is what the engine's draft says now, wherever its own word of it is. */
  #settleOn(text: string): void {
    this.#base = text;
    if (this.#offered !== text) this.#echoes = [...this.#echoes, text].slice(-REMEMBERED_ECHOES);
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
