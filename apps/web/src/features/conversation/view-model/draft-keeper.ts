/** What is being written, and what the engine's draft said when it was begun. */
export interface KeptDraft {
  readonly text: string;
  readonly base: string;
}

/** Holds a draft between a key press and the engine's durable copy, so that a reload in between loses nothing. */
export interface DraftKeeper {
  read(conversation: string): KeptDraft | undefined;
  write(conversation: string, kept: KeptDraft): void;
  clear(conversation: string): void;
  /** The message that what is being written answers. */
  readReply(conversation: string): string | undefined;
  /** @param message undefined where it answers none any more */
  writeReply(conversation: string, message: string | undefined): void;
  /** Nothing of the account is kept any more. */
  clearAll(): void;
}
