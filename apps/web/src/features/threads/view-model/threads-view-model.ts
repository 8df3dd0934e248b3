import type { Clock, ConversationListView, ConversationView, Observable, ThreadPlace } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { oneLine } from "../../../rich-text/one-line.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** A thread that one follows, ready to draw. */
export interface ThreadLine {
  readonly id: string;
  readonly place: ThreadPlace;
  /** "in Tea club" */
  readonly title: string;
  readonly author: string;
  readonly text: string;
  readonly time: string;
  readonly fullTime: string;
  readonly unread: number;
  /** Those of the unread that mention oneself. */
  readonly mentions: number;
}

export interface ThreadsPorts {
  readonly conversations: Observable<ConversationListView>;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly go: (place: ThreadPlace) => void;
}

/** More than a line has room for. */
const LONGEST_TEXT = 200;

/** The threads that one follows, what happened last first, as long as somebody looks. */
export class ThreadsViewModel implements Observable<readonly ThreadLine[]> {
  readonly #ports: ThreadsPorts;
  readonly #lines: ObservedValue<readonly ThreadLine[]>;
  readonly #disposables = new Disposables();

  constructor(ports: ThreadsPorts) {
    this.#ports = ports;
    this.#lines = new ObservedValue(this.#draw());
    this.#disposables.add(ports.conversations.subscribe(() => this.#lines.set(this.#draw())));
  }

  get = (): readonly ThreadLine[] => this.#lines.get();
  subscribe = (listener: () => void): (() => void) => this.#lines.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  choose = ({ place }: ThreadLine): void => this.#ports.go(place);

  #draw(): readonly ThreadLine[] {
    const { conversations, threads = [] } = this.#ports.conversations.get();
    return threads.flatMap((view) => {
      const { thread } = view;
      if (thread?.following !== true) return [];
      const { conversation, root } = thread;
      return [
        this.#line(
          view,
          { conversation, root },
          conversations.find(({ id }) => id === conversation),
        ),
      ];
    });
  }

  #line(view: ConversationView, place: ThreadPlace, parent: ConversationView | undefined): ThreadLine {
    const { texts, format, clock } = this.#ports;
    const { newest } = view;
    const isMessage = newest?.kind === "message";
    return {
      id: view.id,
      place,
      title: texts.threads.in(parent === undefined ? texts.common.unknownPerson : conversationTitle(parent, texts)),
      author: isMessage ? (newest.mine ? texts.replies.you : newest.authorName || texts.common.unknownPerson) : "",
      text: isMessage ? oneLine(newest.text, newest.mentions, LONGEST_TEXT) : "",
      time: format.short(view.at, clock.now()),
      fullTime: format.full(view.at),
      unread: view.unread,
      mentions: view.mentions,
    };
  }
}
