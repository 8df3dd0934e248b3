import { EngineError } from "@parley/client";
import { errorOf } from "../protocol/carried-error.ts";
import type { Answer, TabMessage } from "../protocol/messages.ts";

type CallMessage = Extract<TabMessage, { readonly call: number }>;
/** A call without its number. */
export type Unnumbered = CallMessage extends infer Message
  ? Message extends CallMessage
    ? Omit<Message, "call">
    : never
  : never;

interface OpenCall {
  readonly message: CallMessage;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls over a port that may be replaced: what was not answered is sent again, in its order. */
export class PortCalls {
  readonly #open = new Map<number, OpenCall>();
  #last = 0;

  /** @param send posts to the port of the moment, if there is one */
  make(what: Unnumbered, send: (message: TabMessage) => void): Promise<unknown> {
    this.#last += 1;
    const message: CallMessage = { ...what, call: this.#last };
    return new Promise((resolve, reject) => {
      this.#open.set(message.call, { message, resolve, reject });
      send(message);
    });
  }

  settle(answer: Answer): void {
    const call = this.#open.get(answer.call);
    if (call === undefined) return;
    this.#open.delete(answer.call);
    if (answer.ok) call.resolve(answer.value);
    else call.reject(errorOf(answer.error));
  }

  resend(send: (message: TabMessage) => void): void {
    for (const { message } of this.#open.values()) send(message);
  }

  /** Nobody will answer any more. */
  abandon(): void {
    const error = new EngineError("stopped", "The engine has stopped.");
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}
