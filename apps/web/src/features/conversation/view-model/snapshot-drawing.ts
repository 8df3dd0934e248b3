import type { ConversationView, Timeline, TimelineView } from "@parley/client";
import { typingText } from "../../../texts/conversation-titles.ts";
import { isConnected } from "../../../texts/shown-status.ts";
import type { AnsweredMessage } from "./answered-message.ts";
import { type ConversationHeader, conversationHeader } from "./conversation-header.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import type { ConversationSnapshot } from "./conversation-snapshot.ts";
import { type ConversationTimer, conversationTimer } from "./conversation-timer.ts";
import type { Going } from "./going.ts";
import { type OpenedThread, withoutBeginning } from "./opened-thread.ts";
import { type PinnedMessage, PinnedMessages } from "./pinned-messages.ts";
import { QuoteItems } from "./quote-items.ts";
import type { ReadingPlace } from "./reading-place.ts";
import type { Sending } from "./sending.ts";
import type { TimelineItem } from "./timeline-item.ts";
import { TimelineItems } from "./timeline-items.ts";
import type { TimelineLoading } from "./timeline-loading.ts";

export interface SnapshotDrawingParts {
  readonly ports: ConversationPorts;
  readonly conversation: string;
  readonly thread: OpenedThread | undefined;
  readonly timeline: Timeline;
  readonly loading: TimelineLoading;
  readonly place: ReadingPlace;
  readonly answered: AnsweredMessage;
  readonly going: Going;
  readonly sending: Sending;
  readonly about: () => ConversationView | undefined;
}

const NO_ITEMS: readonly TimelineItem[] = [];
const NOTHING_PINNED: readonly PinnedMessage[] = [];

/** Draws an open conversation; parts that did not change stay the same objects. */
export class SnapshotDrawing {
  readonly #parts: SnapshotDrawingParts;
  readonly #items: TimelineItems;
  readonly #quotes: QuoteItems;
  readonly #pinned: PinnedMessages;
  #headerOf:
    | { readonly conversation: ConversationView; readonly today: string; readonly header: ConversationHeader }
    | undefined;
  #timerOf: { readonly key: string; readonly timer: ConversationTimer } | undefined;

  constructor(parts: SnapshotDrawingParts) {
    const { texts, format } = parts.ports;
    this.#parts = parts;
    this.#quotes = new QuoteItems(texts);
    this.#items = new TimelineItems(texts, format, this.#quotes);
    this.#pinned = new PinnedMessages(texts, format);
  }

  /** Draws a long message as a whole, or its beginning alone. */
  setUnfolded(id: string, unfolded: boolean): void {
    this.#items.setUnfolded(id, unfolded);
  }

  /** Draws what somebody who is blocked wrote. */
  showFolded(id: string): void {
    this.#items.show(id);
  }

  draw(): ConversationSnapshot {
    const { ports, thread, timeline, loading, place, answered, going, sending, about } = this.#parts;
    const { texts, clock } = ports;
    const view = timeline.get();
    const conversation = about();
    const opening = place.isOpening;
    const connected = isConnected(ports.engine.connection.get());
    const { quote } = answered;
    const context = {
      group: conversation?.kind === "group" || conversation?.kind === "thread",
      selfName: ports.account.get().displayName,
      dividerAfter: place.dividerAfter,
      atOldest: view.loaded && view.atOldest && thread === undefined,
      connected,
    };
    return {
      header: this.#header(conversation),
      loaded: (view.loaded || (thread?.begun === false && view.rows.length === 0)) && !opening,
      items: opening
        ? NO_ITEMS
        : this.#items.build(thread === undefined ? view.rows : withoutBeginning(view.rows), context, clock.now()),
      atOldest: view.atOldest,
      atNewest: view.atNewest,
      older: loading.older,
      newer: loading.newer,
      unread: conversation?.unread ?? 0,
      mentions: conversation?.mentions ?? 0,
      typing: conversation === undefined ? "" : typingText(conversation, texts),
      writable: conversation?.writable ?? false,
      alsoSends: sending.alsoSends,
      following: conversation?.thread?.following ?? false,
      pointed: going.pointed,
      behindUnread: place.isBehindUnread,
      begin: going.begin,
      answering: quote && this.#quotes.of(quote, connected),
      pinned: opening ? NOTHING_PINNED : this.#pinned.draw(view.pinned, clock.now()),
      scheduled: this.#scheduled,
      timer: this.#timer(view, conversation?.kind),
    };
  }

  #timer({ timerSeconds, rights }: TimelineView, kind: ConversationView["kind"] | undefined): ConversationTimer {
    const key = `${timerSeconds} ${rights.setTimer} ${kind}`;
    if (this.#timerOf?.key !== key) {
      const { texts } = this.#parts.ports;
      this.#timerOf = { key, timer: conversationTimer({ timerSeconds, rights }, kind, texts) };
    }
    return this.#timerOf.timer;
  }

  get #scheduled(): number {
    const all = this.#parts.ports.engine.account.get().scheduled ?? [];
    return all.filter(({ conversation }) => conversation === this.#parts.conversation).length;
  }

  #header(conversation: ConversationView | undefined): ConversationHeader | undefined {
    const { texts, format, clock } = this.#parts.ports;
    const now = clock.now();
    const today = format.today(now);
    if (this.#headerOf?.conversation !== conversation || this.#headerOf?.today !== today) {
      this.#headerOf =
        conversation === undefined
          ? undefined
          : { conversation, today, header: conversationHeader(conversation, texts, format, now) };
    }
    return this.#headerOf?.header;
  }
}
