import type { Observable } from "@parley/client";

interface UnreadMarkPorts {
  /** Whether somebody can look at the conversation. */
  readonly attention: Observable<boolean>;
  /** Whether it is marked as unread; undefined while that is not known. */
  readonly marked: () => boolean | undefined;
  readonly end: () => void;
}

/** Ends that a conversation is marked as unread when somebody looks at it anew, or reads on. What is marked while they look stays until then. */
export class UnreadMark {
  readonly #ports: UnreadMarkPorts;
  readonly #stopListening: () => void;
  #anew = true;

  constructor(ports: UnreadMarkPorts) {
    this.#ports = ports;
    this.#stopListening = ports.attention.subscribe(() => {
      this.#anew = true;
      this.look();
    });
  }

  /** The conversation is as it is now. */
  look(): void {
    const { attention, marked, end } = this.#ports;
    const isMarked = marked();
    if (!this.#anew || !attention.get() || isMarked === undefined) return;
    this.#anew = false;
    if (isMarked) end();
  }

  /** More of it is read. */
  read(): void {
    if (this.#ports.marked() === true) this.#ports.end();
  }

  dispose(): void {
    this.#stopListening();
  }
}
