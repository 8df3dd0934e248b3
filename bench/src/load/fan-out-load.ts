import { FieldReader } from "./field-reader.ts";
import type { Link } from "./link.ts";
import { numberOf, senderOf } from "./message-id.ts";
import { EVENT, idOfEvent } from "./server-frames.ts";

/** A member of the group, or a subscriber of the bare topic. */
export interface Listener {
  readonly link: Link;
  /** Sends the message of this number. */
  send(number: number): void;
  /** An event has come. */
  heard(payload: Uint8Array): void;
  /** Why the connection is about to end, if a frame that is no event says so. */
  other(payload: Uint8Array): string | undefined;
}

/**
 * Messages to a topic that everybody listens to, sent in turn by some of the listeners. A message is in flight until it comes back to who sent it; the sender of the
 * next message takes its place. The bare topic and Parley get the same pattern from the same code.
 */
export class FanOutLoad {
  readonly #listeners: readonly Listener[];
  readonly #senders: number;
  readonly #reader = new FieldReader();
  #deliveries = 0;
  #number = 0;
  #returned = 0;
  #keepInFlight = 0;
  #failure: string | undefined;

  /** @param senders how many of the listeners send */
  constructor(listeners: readonly Listener[], senders: number) {
    this.#listeners = listeners;
    this.#senders = senders;
    listeners.forEach((listener, index) => {
      listener.link.receive = (payload) => this.#receive(listener, index, payload);
    });
  }

  /** Messages that came, counted once for each listener that got them. */
  get deliveries(): number {
    return this.#deliveries;
  }

  get inFlight(): number {
    return this.#number - this.#returned;
  }

  /** One message, by the next sender. */
  send(): void {
    const number = ++this.#number;
    this.#listeners[number % this.#senders]?.send(number);
  }

  /** From now on as many messages are in flight, always. 0 lets them end. */
  keepInFlight(count: number): void {
    this.#keepInFlight = count;
    this.#refill();
  }

  /** @throws Error if a connection ended: then nothing was measured */
  check(): void {
    const closed = this.#listeners.find(({ link }) => link.closed !== undefined)?.link.closed;
    const failure = this.#failure ?? (closed === undefined ? undefined : `The server closed a socket with ${closed}.`);
    if (failure !== undefined) throw new Error(failure);
  }

  #refill(): void {
    while (this.inFlight < this.#keepInFlight) this.send();
  }

  #receive(listener: Listener, index: number, payload: Uint8Array): void {
    if (payload[0] !== EVENT) {
      this.#failure ??= listener.other(payload);
      return;
    }
    this.#deliveries++;
    listener.heard(payload);
    if (index >= this.#senders) return;
    const idAt = idOfEvent(this.#reader, payload);
    // Ids of what was sent before this load began have a random number.
    if (senderOf(payload, idAt) !== index || numberOf(payload, idAt) > this.#number) return;
    this.#returned++;
    this.#refill();
  }
}
