import type { Clock, Observable } from "@parley/client";
import { limits } from "@parley/protocol";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { DraftKeeper } from "./draft-keeper.ts";

export interface ComposerSnapshot {
  readonly text: string;
  /** The id of the message being edited. */
  readonly editing: string | undefined;
  /** The id of the message that is answered. */
  readonly replyTo: string | undefined;
  /** How many more characters fit, below 0 if it is too long; undefined while there is plenty of room. */
  readonly left: number | undefined;
  /** What was sent stays here until it is queued, and that takes long. */
  readonly sending: boolean;
  readonly canSend: boolean;
}

/** What the composer asks of the conversation it belongs to. */
export interface ComposerPorts {
  readonly conversation: string;
  readonly clock: Clock;
  readonly keeper: DraftKeeper;
  /**
   * @param draft what the engine's draft says, which ends with it
   * @param replyTo the message that it answers
   * @returns undefined if it is kept already; else it is kept nowhere before this tells that it is queued, and false says that it cannot be
   */
  send(text: string, draft: string, replyTo: string | undefined): Promise<boolean> | undefined;
  /** As `send`, to be posted at a time; it tells when that is queued, and false says that it cannot be. */
  schedule(text: string, draft: string, replyTo: string | undefined, at: number): Promise<boolean>;
  edit(target: string, text: string): void;
  /** The newest own message that can be edited. */
  lastOwn(): { readonly id: string; readonly text: string } | undefined;
  typing(active: boolean): void;
  /** @param from what the engine's draft said when this was begun */
  saveDraft(text: string, from: string): Promise<void>;
}

/** So much room is plenty. */
const COUNTS_FROM = 200;
const SAVE_AFTER_MS = 400;
/** Also of who types without a pause. */
const SAVE_AT_LATEST_MS = 2_000;
/** Who has not touched a key for so long is not typing. */
const RESTS_AFTER_MS = 5_000;
const REMEMBERED_ECHOES = 8;
/** Nobody is told of a wait that is over before it is read. */
const SENDS_SHORTLY_MS = 1_000;

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
  #replyTo: string | undefined;
  /** The engine's draft as it was offered last. */
  #offered: string | undefined;
  /** Whether that was not taken. */
  #pending = false;
  /** Saved since the engine last offered what was saved: what it offers of them comes late. */
  #echoes: string[] = [];
  #stopSaving: () => void = () => {};
  #stopResting: () => void = () => {};
  #unsaved = false;
  #unsavedSince = 0;
  #saving = false;
  #typing = false;
  #composing = false;
  /** For how long what was sent has been kept nowhere but here. */
  #sending: "shortly" | "long" | undefined;
  /** Edits that could not be kept, to be shown one after the other. */
  #returned: { readonly target: string; readonly text: string }[] = [];

  constructor(ports: ComposerPorts) {
    this.#ports = ports;
    const kept = ports.keeper.read(ports.conversation);
    this.#draft = kept?.text ?? "";
    this.#base = kept?.base ?? "";
    this.#replyTo = ports.keeper.readReply(ports.conversation);
    this.#snapshot = new ObservedValue(this.#composed(this.#draft, undefined));
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
    this.#snapshot.set(this.#composed(text, editing));
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

  /** What is written is sent at a time, by the clock of the device. */
  schedule = (at: number): void => {
    const { text, editing, canSend } = this.get();
    if (!canSend || editing !== undefined) return;
    this.#awaitQueued(this.#ports.schedule(trimmed(text), this.#base, this.#replyTo, at));
    this.#ports.typing(false);
  };

  /** An input method composes in the field, or does not any more: meanwhile nothing else may change it. */
  setComposing = (composing: boolean): void => {
    this.#composing = composing;
    if (!composing) this.#takeOffered();
  };

  startEdit = (target: string, text: string): void => this.#snapshot.set(this.#composed(text, target));

  /** An edit that could not be kept: as soon as no other one is being written. */
  giveBack(target: string, text: string): void {
    if (this.get().editing === undefined) this.startEdit(target, text);
    else this.#returned.push({ target, text });
  }

  /** What is written answers a message from now on; none if undefined. */
  setReply = (message: string | undefined): void => {
    this.#reply(message);
    this.#snapshot.set(this.#composed(this.get().text, this.get().editing));
  };

  /** A message that was not sent, to be written anew. What is being written already stays below it. */
  takeBack(text: string, replyTo?: string): void {
    this.cancelEdit();
    if (replyTo !== undefined) this.#reply(replyTo);
    this.setText(this.#draft === "" ? text : `${text}\n${this.#draft}`);
  }

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

  /** Escape: what is edited is left as it was, else what is written is an answer no more. */
  cancel = (): void => {
    if (this.get().editing !== undefined) this.cancelEdit();
    else if (this.#replyTo !== undefined) this.setReply(undefined);
  };

  blur = (): void => {
    this.#ports.typing(false);
    this.#save();
    this.#rest();
  };

  dispose = (): void => this.blur();

  /** The engine ends the draft together with the post. Where the text cannot be kept at once, it stays until it is queued. */
  #send(finished: string): void {
    const queued = this.#ports.send(finished, this.#base, this.#replyTo);
    if (queued === undefined) this.#sent("");
    else this.#awaitQueued(queued);
  }

  #awaitQueued(queued: Promise<boolean>): void {
    const written = this.#draft;
    this.#sending = "shortly";
    this.#stopSaving();
    this.#show();
    const stopWaiting = this.#ports.clock.after(SENDS_SHORTLY_MS, () => {
      this.#sending = "long";
      this.#show();
    });
    void queued.then((kept) => {
      stopWaiting();
      this.#sending = undefined;
      const draft = this.#draft;
      if (kept) this.#sent(draft.startsWith(written) ? draft.slice(written.length).trimStart() : draft);
      else this.#keep(draft);
      this.#show();
    });
  }

  /** @param rest what was written since */
  #sent(rest: string): void {
    const { conversation, keeper } = this.#ports;
    this.#stopSaving();
    this.#unsaved = false;
    this.#draft = rest;
    this.#reply(undefined);
    this.#settleOn("");
    this.#show();
    if (rest === "") keeper.clear(conversation);
    else this.#keep(rest);
  }

  /** The draft, unless a message is edited now. */
  #show(): void {
    if (this.get().editing === undefined) this.#snapshot.set(this.#composed(this.#draft, undefined));
  }

  #reply(message: string | undefined): void {
    if (message === this.#replyTo) return;
    this.#replyTo = message;
    this.#ports.keeper.writeReply(this.#ports.conversation, message);
  }

  #endEdit(): void {
    this.#snapshot.set(this.#composed(this.#draft, undefined));
    const next = this.#returned.shift();
    if (next === undefined) this.#takeOffered();
    else this.startEdit(next.target, next.text);
  }

  #rest(): void {
    this.#stopResting();
    this.#typing = false;
    this.#takeOffered();
  }

  /** Never under the hands of who types, and never in place of what is not saved. */
  #takeOffered(): void {
    const text = this.#offered;
    const unsettled = this.#unsaved || this.#saving || this.#sending !== undefined;
    const busy = this.#typing || this.#composing || unsettled || this.get().editing !== undefined;
    if (!this.#pending || text === undefined || busy) return;
    this.#pending = false;
    this.#echoes = [];
    this.#base = text;
    this.#draft = text;
    this.#snapshot.set(this.#composed(text, undefined));
  }

  #keep(text: string): void {
    const { conversation, keeper, clock } = this.#ports;
    this.#draft = text;
    keeper.write(conversation, { text, base: this.#base });
    const now = clock.elapsed();
    if (!this.#unsaved) this.#unsavedSince = now;
    this.#unsaved = true;
    this.#stopSaving();
    const delay = Math.max(0, Math.min(SAVE_AFTER_MS, this.#unsavedSince + SAVE_AT_LATEST_MS - now));
    this.#stopSaving = clock.after(delay, () => this.#save());
  }

  #save(): void {
    this.#stopSaving();
    // What is being sent would come back as a draft.
    if (!this.#unsaved || this.#saving || this.#sending !== undefined) return;
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

  #composed(text: string, editing: string | undefined): ComposerSnapshot {
    // In UTF-16 units, as the server counts them.
    const left = limits.textCharacters - text.length;
    const sending = editing === undefined ? this.#sending : undefined;
    const canSend = left >= 0 && sending === undefined && /\S/u.test(text);
    const replyTo = this.#replyTo;
    return {
      text,
      editing,
      replyTo,
      left: left > COUNTS_FROM ? undefined : left,
      sending: sending === "long",
      canSend,
    };
  }

  /** This is what the engine's draft says now, wherever its own word of it is. */
  #settleOn(text: string): void {
    this.#base = text;
    if (this.#offered !== text) this.#echoes = [...this.#echoes, text].slice(-REMEMBERED_ECHOES);
  }
}

/** Without empty lines before and white space behind. */
function trimmed(text: string): string {
  return text.replace(/^(?:[^\S\n]*\n)+/u, "").trimEnd();
}
