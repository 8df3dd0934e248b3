/** What a page's witness has seen of one message; times in milliseconds since 1970, with fractions, by the clock that all pages of a machine share. */
export interface SeenMessage {
  /** When Enter was pressed on it in this page. */
  readonly entered?: number;
  /** When it was first among the messages. */
  readonly shown?: number;
  /** After the frame that drew it. */
  readonly painted?: number;
  /** When the page first said that the server has it. */
  readonly sent?: number;
}

/** What a page's witness has seen. */
export interface Seen {
  /** When the navigation to this page began. */
  readonly began: number;
  /** By how many conversations the list held: after the first frame that drew so many. */
  readonly listPainted: Readonly<Record<number, number>>;
  readonly messages: Readonly<Record<string, SeenMessage>>;
  /** When a key began a text in the empty composer. */
  readonly typed: readonly number[];
  /** After each frame that drew that somebody types where it was not said before. */
  readonly typingPainted: readonly number[];
}
