import type { Clock, ConversationListView, ConversationView, Engine, Observable } from "@parley/client";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { conversationPicture, conversationSeed, conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import { plainText } from "../../../texts/plain-text.ts";
import type { Notices } from "../../notices/view-model/notices.ts";

export interface ForwardSnapshot {
  readonly query: string;
  readonly options: readonly ForwardOption[];
  readonly chosen: number;
  readonly canSend: boolean;
}

export interface ForwardOption {
  /** Of the conversation. */
  readonly id: string;
  readonly name: string;
  readonly seed: string;
  readonly picture: "person" | "group" | "notes";
  /** Its own picture; undefined where it has none. */
  readonly image: string | undefined;
  readonly chosen: boolean;
}

export interface ForwardPorts {
  readonly engine: Pick<Engine, "forward">;
  readonly conversations: Observable<ConversationListView>;
  /** The conversation of the messages. */
  readonly from: string;
  /** In their order. */
  readonly messages: readonly string[];
  readonly clock: Clock;
  readonly texts: Texts;
  readonly notices: Notices;
  readonly newId: () => string;
  /** They are on their way. */
  readonly done: () => void;
}

/** More is found by typing more. */
const SHOWN = 50;
export const MOST_CHOSEN = 20;

/** Chooses conversations in which messages are posted anew. */
export class ForwardViewModel implements Observable<ForwardSnapshot> {
  readonly #ports: ForwardPorts;
  readonly #snapshot: ObservedValue<ForwardSnapshot>;
  readonly #stop: () => void;
  readonly #chosen = new Set<string>();
  #query = "";
  #sending = false;

  constructor(ports: ForwardPorts) {
    this.#ports = ports;
    this.#snapshot = new ObservedValue(this.#draw());
    this.#stop = ports.conversations.subscribe(() => this.#show());
  }

  get = (): ForwardSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#stop();

  get count(): number {
    return this.#ports.messages.length;
  }

  setQuery = (query: string): void => {
    this.#query = query;
    this.#show();
  };

  toggle = (id: string): void => {
    const { notices, texts } = this.#ports;
    if (!this.#chosen.delete(id)) {
      if (this.#chosen.size >= MOST_CHOSEN) notices.show(texts.forward.tooMany(MOST_CHOSEN));
      else this.#chosen.add(id);
    }
    this.#show();
  };

  /** Each conversation gets the messages in their order. */
  send = async (): Promise<void> => {
    if (!this.get().canSend) return;
    const { engine, from, messages, clock, newId, notices, texts, done } = this.#ports;
    const chosen = [...this.#chosen];
    const posts = chosen.flatMap((conversation) => messages.map((message) => ({ id: newId(), conversation, message })));
    this.#sending = true;
    this.#show();
    try {
      const left = await engine.forward({ from, sentAt: clock.now(), posts });
      if (left < posts.length) notices.show(texts.forward.done(chosen.length));
      if (left > 0) notices.show(texts.forward.left(left / chosen.length), "problem");
      done();
    } catch {
      notices.show(texts.conversation.actionFailed, "problem");
    }
    this.#sending = false;
    this.#show();
  };

  #show(): void {
    this.#snapshot.set(this.#draw());
  }

  #draw(): ForwardSnapshot {
    const { conversations, texts } = this.#ports;
    const wanted = plainText(this.#query.trim());
    const matching = conversations
      .get()
      .conversations.filter(({ writable, unlisted }) => writable && !unlisted)
      .filter((conversation) => isFound(conversation, wanted, texts));
    return {
      query: this.#query,
      options: matching.slice(0, SHOWN).map((conversation) => ({
        id: conversation.id,
        name: conversationTitle(conversation, texts),
        seed: conversationSeed(conversation),
        picture: conversationPicture(conversation.kind),
        image: conversation.picture,
        chosen: this.#chosen.has(conversation.id),
      })),
      chosen: this.#chosen.size,
      canSend: this.#chosen.size > 0 && !this.#sending,
    };
  }
}

/** By its title, or by whom it is with. */
function isFound(conversation: ConversationView, wanted: string, texts: Texts): boolean {
  const names = [conversationTitle(conversation, texts), ...conversation.people.map(({ userName }) => userName)];
  return wanted === "" || names.some((name) => plainText(name).includes(wanted));
}
