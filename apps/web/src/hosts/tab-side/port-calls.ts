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
  /** Whether it was sent more than once. */
  again: boolean;
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
      this.#open.set(message.call, { message, again: false, resolve, reject });
      send(message);
    });
  }

  settle(answer: Answer): void {
    const call = this.#open.get(answer.call);
    if (call === undefined) return;
    this.#open.delete(answer.call);
    if (answer.ok) {
      call.resolve(answer.value);
      return;
    }
    const error = errorOf(answer.error);
    const command = call.again ? endedBy(call.message) : undefined;
    if (command !== undefined && isNotFound(error)) call.resolve(command);
    else call.reject(error);
  }

  resend(send: (message: TabMessage) => void): void {
    for (const call of this.#open.values()) {
      call.again = true;
      send(call.message);
    }
  }

  /** Nobody will answer any more. */
  abandon(): void {
    const error = new EngineError("stopped", "The engine has stopped.");
    for (const { reject } of this.#open.values()) reject(error);
    this.#open.clear();
  }
}

/** The command that a call takes out of the outbox: where it is found no more when that is asked again, it was done the first time. */
function endedBy(message: CallMessage): string | undefined {
  if (message.kind !== "call") return undefined;
  const { what } = message;
  return what.method === "retry" || what.method === "discard" ? what.args[0] : undefined;
}

function isNotFound(error: Error): boolean {
  return error instanceof EngineError && error.code === "not-found";
}
