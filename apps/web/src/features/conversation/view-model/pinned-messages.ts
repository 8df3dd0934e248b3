import type { PinnedMessageView } from "@parley/client";
import { oneLine } from "../../../rich-text/one-line.ts";
import type { Texts } from "../../../texts/en.ts";
import { isolatedName } from "../../../texts/isolated-name.ts";
import type { TimeFormat } from "../../../texts/time-format.ts";

/** A message that is pinned in the conversation, ready to draw. */
export interface PinnedMessage {
  readonly id: string;
  /** Where it is; undefined while it waits to be sent, and where it cannot be shown. */
  readonly ordinal: number | undefined;
  /** Empty where it cannot be shown. */
  readonly author: string;
  readonly time: string;
  readonly fullTime: string;
  /** Its text in one line, or why it is not shown. */
  readonly text: string;
  /** It is here, and can be gone to. */
  readonly here: boolean;
}

/** More than the bar has room for on the widest screen. */
const CHARACTERS = 300;

/** The pinned messages as they are drawn; the same as long as they are. */
export class PinnedMessages {
  readonly #texts: Texts;
  readonly #format: TimeFormat;
  #views: readonly PinnedMessageView[] | undefined;
  #today = "";
  #drawn: readonly PinnedMessage[] = [];

  constructor(texts: Texts, format: TimeFormat) {
    this.#texts = texts;
    this.#format = format;
  }

  draw(views: readonly PinnedMessageView[], now: number): readonly PinnedMessage[] {
    const today = this.#format.today(now);
    if (views === this.#views && today === this.#today) return this.#drawn;
    this.#views = views;
    this.#today = today;
    this.#drawn = views.map((view) => this.#message(view, now));
    return this.#drawn;
  }

  #message({ id, ordinal, authorName, mine, at, body }: PinnedMessageView, now: number): PinnedMessage {
    const { conversation, common, pinned } = this.#texts;
    switch (body.kind) {
      case "out-of-sight":
      case "not-held": {
        const text = body.kind === "not-held" ? pinned.notHeld : pinned.outOfSight;
        return { id, ordinal: undefined, author: "", time: "", fullTime: "", text, here: false };
      }
      default:
        return {
          id,
          ordinal,
          author: mine ? pinned.you : isolatedName(authorName) || common.unknownPerson,
          time: this.#format.short(at, now),
          fullTime: this.#format.full(at),
          text: body.kind === "text" ? oneLine(body.text, body.mentions, CHARACTERS) : conversation.withheld,
          here: true,
        };
    }
  }
}
