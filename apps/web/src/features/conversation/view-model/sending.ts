import type { ScheduleDraft } from "@parley/client";
import type { ConversationPorts } from "./conversation-ports.ts";
import type { OpenedThread } from "./opened-thread.ts";

export interface SendingParts {
  readonly ports: ConversationPorts;
  readonly conversation: string;
  /** Where the conversation is one. */
  readonly thread: OpenedThread | undefined;
  /** What is sent is seen at once. */
  readonly sent: () => void;
  readonly changed: () => void;
}

/** Sends what was written in a conversation or a thread, now or later. */
export class Sending {
  readonly #parts: SendingParts;
  #alsoSends = false;

  constructor(parts: SendingParts) {
    this.#parts = parts;
  }

  /** Of a thread: whether what is sent next is sent to its conversation, too. */
  get alsoSends(): boolean {
    return this.#alsoSends;
  }

  setAlsoSends = (also: boolean): void => {
    this.#alsoSends = also;
    this.#parts.changed();
  };

  /** Handed off, it is shown before this returns. If it could not be queued then, its row says so and still has the text. */
  send(text: string, draft: string, replyTo: string | undefined): Promise<boolean> | undefined {
    const { ports, conversation, thread, sent } = this.#parts;
    const { engine, clock, newId, handOff, notices, texts } = ports;
    const place = thread && {
      thread: { conversation: thread.conversation, root: thread.root },
      ...(this.#alsoSends && { alsoAs: newId() }),
    };
    this.#alsoSends = false;
    const post = { id: newId(), conversation, text, sentAt: clock.now(), draft, replyTo, ...place };
    const handedOff = handOff(post);
    const queued = engine.post(post);
    sent();
    if (!handedOff) return notices.attempt(queued, texts.conversation.notSent);
    queued.catch(() => {});
    return undefined;
  }

  async schedule(what: Omit<ScheduleDraft, "id" | "conversation">): Promise<boolean> {
    const { conversation, ports } = this.#parts;
    const { engine, newId, notices, texts, format, clock } = ports;
    const queued = engine.schedule({ id: newId(), conversation, ...what });
    const kept = await notices.attempt(queued, texts.conversation.notSent);
    if (kept) notices.announce(texts.scheduled.done(format.moment(what.at, clock.now())));
    return kept;
  }

  /** Whether it could be kept. */
  edit(target: string, text: string): Promise<boolean> {
    const { conversation, ports } = this.#parts;
    const { engine, notices, texts, newId } = ports;
    return notices.attempt(engine.edit(newId(), conversation, target, text), texts.conversation.actionFailed);
  }
}
