import type { Timeline } from "@parley/client";
import type { ConversationPorts } from "./conversation-ports.ts";
import type { BeginAt, ConversationSnapshot } from "./conversation-snapshot.ts";
import { findDay } from "./find-day.ts";
import { messageRowOf } from "./message-row-of.ts";
import type { ReadingPlace } from "./reading-place.ts";

export interface GoingParts {
  readonly ports: ConversationPorts;
  readonly conversation: string;
  readonly timeline: Timeline;
  readonly place: ReadingPlace;
  /** A message is about to be pointed out. */
  readonly pointing: (id: string) => void;
  readonly changed: () => void;
}

/** The line before what is unread. */
const UNREAD: BeginAt = { key: "unread" };

/** Goes to places of an open conversation: to the newest message, to what is unread, to a message, a mention or a day. */
export class Going {
  readonly #parts: GoingParts;
  #pointed: ConversationSnapshot["pointed"];
  #begin: BeginAt;

  constructor(parts: GoingParts) {
    this.#parts = parts;
    const left = parts.ports.places.get(parts.conversation);
    this.#begin = left === undefined ? UNREAD : { key: left.id, top: left.top };
  }

  get pointed(): ConversationSnapshot["pointed"] {
    return this.#pointed;
  }

  get begin(): BeginAt {
    return this.#begin;
  }

  jumpToNewest = async (): Promise<void> => {
    const { ports, timeline } = this.#parts;
    if (timeline.get().atNewest) return;
    await ports.notices.attempt(timeline.jumpToNewest(), ports.texts.conversation.actionFailed);
  };

  /** Brings the first unread message into view, behind the line before it. */
  goToUnread = async (): Promise<void> => {
    const { ports, place, changed } = this.#parts;
    if (!(await ports.notices.attempt(place.goToUnread(), ports.texts.conversation.loadFailed))) return;
    this.#begin = { ...UNREAD };
    changed();
  };

  /**
   * Brings a message into view.
   *
   * @param ordinal undefined while it waits to be sent
   * @param focus whether it gets the focus, too
   */
  showMessage = async (id: string, ordinal: number | undefined, focus = false): Promise<void> => {
    const { ports, place, timeline, pointing, changed } = this.#parts;
    place.open();
    const moved = ordinal === undefined ? timeline.jumpToNewest() : timeline.jumpTo(ordinal);
    if (!(await ports.notices.attempt(moved, ports.texts.conversation.loadFailed))) return;
    pointing(id);
    this.#pointed = { id, focus };
    changed();
  };

  /** Brings the first unread message that mentions oneself into view. */
  goToNextMention = async (): Promise<void> => {
    const { conversation, ports } = this.#parts;
    const { engine, notices, texts } = ports;
    const found = await engine.nextMention(conversation);
    if (found !== undefined) await this.showMessage(found.id, found.ordinal);
    else notices.show(texts.mentions.notHere);
  };

  /** Brings the first message from a time on into view, and says so where there is none or it is not here. */
  showFrom = async (at: number): Promise<void> => {
    const { conversation, ports } = this.#parts;
    const { engine, notices, texts } = ports;
    const probe = engine.openTimeline(conversation);
    try {
      const found = await findDay(probe, at);
      if (found.kind === "found") await this.showMessage(found.id, found.ordinal);
      else notices.show(found.kind === "none" ? texts.search.noneFrom : texts.search.notHeldFrom);
    } finally {
      probe.close();
    }
  };

  /** Goes to the message that a message answers. */
  goToAnswered = (id: string): void => {
    const quote = messageRowOf(this.#parts.timeline, id)?.quote;
    if (quote !== undefined) void this.showMessage(quote.id, quote.ordinal, true);
  };
}
