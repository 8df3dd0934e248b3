/** Holds a draft between a key press and the engine's durable copy, so that a reload in between loses nothing. */
export interface DraftKeeper {
  read(conversation: string): string | undefined;
  write(conversation: string, text: string): void;
  clear(conversation: string): void;
  /** Nothing of the account is kept any more. */
  clearAll(): void;
}
