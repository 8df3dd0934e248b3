import type { Clock, Engine, MentionItem, MentionsView, Observable, ThreadPlace } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import type { MessagePlace } from "../../../places/message-place.ts";
import { oneLine } from "../../../rich-text/one-line.ts";
import { conversationTitle } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

export interface MentionsSnapshot {
  readonly loading: boolean;
  readonly lines: readonly MentionLine[];
  /** Why there is nothing, or not all, to be seen; empty where there is. */
  readonly note: string;
  readonly canShowMore: boolean;
  /** It did not work, and can be tried again. */
  readonly canRetry: boolean;
}

/** A message that mentions oneself, ready to draw. */
export interface MentionLine {
  readonly conversation: string;
  readonly id: string;
  readonly ordinal: number;
  /** The thread that it is in, if it is in one. */
  readonly thread: ThreadPlace | undefined;
  /** Of the conversation. */
  readonly title: string;
  readonly author: string;
  readonly time: string;
  readonly fullTime: string;
  readonly text: string;
  readonly unread: boolean;
}

export interface MentionsPorts {
  readonly engine: Pick<Engine, "mentions" | "conversations" | "connection">;
  readonly clock: Clock;
  readonly texts: Texts;
  readonly format: TimeFormat;
  readonly goTo: (place: MessagePlace) => void;
}

/** What changes after this was not shown for long. */
const CHANGE_MS = 300;
/** More than a line has room for. */
const LONGEST_TEXT = 300;

/** All messages that mention oneself, the newest first, as long as somebody looks. */
export class MentionsViewModel implements Observable<MentionsSnapshot> {
  readonly #ports: MentionsPorts;
  readonly #snapshot: ObservedValue<MentionsSnapshot>;
  readonly #disposables = new Disposables();
  #pages: readonly MentionsView[] = [];
  #loading = true;
  #failed = false;
  /** Answers of an earlier look come too late. */
  #look = 0;
  #seen: string;
  #cancelChange: (() => void) | undefined;

  constructor(ports: MentionsPorts) {
    this.#ports = ports;
    this.#seen = this.#surroundings();
    this.#snapshot = new ObservedValue(this.#draw());
    const changed = () => this.#changed();
    this.#disposables.add(
      ports.engine.conversations.subscribe(changed),
      ports.engine.connection.subscribe(changed),
      () => this.#cancelChange?.(),
      () => {
        this.#look++;
      },
    );
    void this.#read(1);
  }

  get = (): MentionsSnapshot => this.#snapshot.get();
  subscribe = (listener: () => void): (() => void) => this.#snapshot.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  /** More of them, or another attempt. */
  showMore = (): void => void this.#read(this.#pages.length + 1);

  choose = ({ thread, conversation, id, ordinal }: MentionLine): void => {
    this.#ports.goTo({ conversation, id, ordinal, thread });
  };

  /** Where others mention oneself, or the server can be asked again, what is shown is not all. */
  #changed(): void {
    const seen = this.#surroundings();
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#cancelChange ??= this.#ports.clock.after(CHANGE_MS, () => {
      this.#cancelChange = undefined;
      void this.#read(Math.max(1, this.#pages.length), true);
    });
  }

  #surroundings(): string {
    const { conversations, connection } = this.#ports.engine;
    const counts = conversations
      .get()
      .conversations.flatMap(({ id, mentions }) => (mentions > 0 ? [id, mentions] : []));
    return [connection.get().kind === "online", ...counts].join();
  }

  /** @param anew what is shown may have changed */
  async #read(pages: number, anew = false): Promise<void> {
    const look = ++this.#look;
    const read = anew ? [] : [...this.#pages];
    this.#loading = true;
    this.#failed = false;
    this.#snapshot.set(this.#draw());
    while (read.length < pages && (read.length === 0 || read.at(-1)?.next !== undefined)) {
      const page = await this.#ports.engine.mentions(read.at(-1)?.next).catch(() => undefined);
      if (look !== this.#look) return;
      if (page === undefined) {
        this.#failed = true;
        break;
      }
      read.push(page);
    }
    this.#loading = false;
    if (!this.#failed || !anew) this.#pages = read;
    this.#snapshot.set(this.#draw());
  }

  #draw(): MentionsSnapshot {
    const items = this.#pages.flatMap((page) => page.items);
    const unique = new Map(items.map((item) => [item.id, item]));
    return {
      loading: this.#loading,
      lines: [...unique.values()].map((item) => this.#line(item)),
      note: this.#note(unique.size),
      canShowMore: !this.#loading && !this.#failed && this.#pages.at(-1)?.next !== undefined,
      canRetry: !this.#loading && this.#failed,
    };
  }

  #note(shown: number): string {
    const words = this.#ports.texts.mentions;
    if (this.#failed) return words.failed;
    if (this.#loading) return shown === 0 ? words.loading : "";
    if (this.#pages.some(({ complete }) => !complete)) return words.partial;
    return shown === 0 ? words.none : "";
  }

  #line({ conversation, id, ordinal, authorName, at, body, unread }: MentionItem): MentionLine {
    const { engine, texts, format, clock } = this.#ports;
    const { conversations, threads = [] } = engine.conversations.get();
    const thread = threads.find((one) => one.id === conversation)?.thread;
    const known = conversations.find((one) => one.id === (thread?.conversation ?? conversation));
    const title = known === undefined ? texts.outbox.unknownConversation : conversationTitle(known, texts);
    return {
      thread: thread && { conversation: thread.conversation, root: thread.root },
      conversation,
      id,
      ordinal,
      title: thread === undefined ? title : texts.threads.in(title),
      author: authorName || texts.common.unknownPerson,
      time: format.short(at, clock.now()),
      fullTime: format.full(at),
      text: oneLine(body.text, body.mentions, LONGEST_TEXT),
      unread,
    };
  }
}
