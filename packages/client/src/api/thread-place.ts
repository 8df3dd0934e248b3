/** Where a thread is: below a message that the log holds. */
export interface ThreadPlace {
  readonly conversation: string;
  /** The message that it answers. */
  readonly root: string;
}
