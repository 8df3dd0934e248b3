import type { Line } from "../lines/line.ts";
import type { EngineSideMessage, TabMessage } from "../protocol/messages.ts";

type TabEnd = Line<TabMessage, EngineSideMessage>;
type EngineEnd = Line<EngineSideMessage, TabMessage>;

/** Lines in memory, on which nothing moves until a test says so. */
export class MemoryLines {
  readonly #queue: (() => void)[] = [];

  /** The ends of a new line, and how it breaks without a word to either. */
  open(): { readonly tab: TabEnd; readonly engine: EngineEnd; readonly cut: () => void } {
    let whole = true;
    const heard = { tab: new Inbox<EngineSideMessage>(), engine: new Inbox<TabMessage>() };
    const cut = () => {
      whole = false;
    };
    const post = <Message>(inbox: Inbox<Message>, message: Message) => {
      const copy = structuredClone(message);
      this.#queue.push(() => whole && inbox.take(copy));
    };
    const tab: TabEnd = {
      post: (message) => post(heard.engine, message),
      listen: (listener) => heard.tab.listen(listener),
      close: cut,
    };
    const engine: EngineEnd = {
      post: (message) => post(heard.tab, message),
      listen: (listener) => heard.engine.listen(listener),
      close: cut,
    };
    return { tab, engine, cut };
  }

  /** Delivers the oldest message; false if there is none. */
  deliverNext(): boolean {
    const deliver = this.#queue.shift();
    deliver?.();
    return deliver !== undefined;
  }
}

class Inbox<Message> {
  #waiting: Message[] = [];
  #listener: ((message: Message) => void) | undefined;

  take(message: Message): void {
    if (this.#listener === undefined) this.#waiting.push(message);
    else this.#listener(message);
  }

  listen(listener: (message: Message) => void): void {
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener(message);
  }
}
