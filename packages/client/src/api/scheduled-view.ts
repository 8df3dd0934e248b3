/** A message that waits for its time, with what this device is about to change of that. */
export interface ScheduledItem {
  /** Of what scheduled it. */
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  /** The message that it answers; absent if none. */
  readonly replyTo?: string | undefined;
  /** By this device's clock. */
  readonly at: number;
  readonly state: /** The server posts it, whether this device is there or not. */
    | "waiting"
    /** The server does not know yet that it stands so. */
    | "unsent"
    /** The server could not post it: its author is not a member any more. */
    | "not-member"
    /** The server could not post it: its author blocks the other person. */
    | "person-blocked"
    /** The server could not post it: the message request that it would have been part of was not accepted yet. */
    | "request-waits"
    /** The server could not post it for another reason. */
    | "refused";
}

export interface ScheduleDraft {
  readonly id: string;
  readonly conversation: string;
  readonly text: string;
  /** By this device's clock. */
  readonly at: number;
  /** The draft that this was, as it was saved last: it ends with this, on all devices. */
  readonly draft?: string | undefined;
  /** The message of the conversation that it answers. */
  readonly replyTo?: string | undefined;
}
