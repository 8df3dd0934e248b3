import type { QuoteView } from "@parley/client";
import { oneLine } from "../../../rich-text/one-line.ts";
import type { Texts } from "../../../texts/en.ts";

/** A message that another one answers, ready to draw. */
export interface QuoteItem {
  /** Of the message that is answered. */
  readonly id: string;
  /** Whose it is; undefined where that is not known. */
  readonly author: { readonly name: string; readonly seed: string } | undefined;
  readonly text: string;
  /** It is not what its author wrote. */
  readonly placeholder: boolean;
  /** Its accessible name. */
  readonly label: string;
  /** One can go there. */
  readonly reachable: boolean;
}

/** More is never seen. */
const CHARACTERS = 160;

/** Draws quotes; one that did not change keeps its item. */
export class QuoteItems {
  readonly #texts: Texts;
  readonly #drawn = new WeakMap<QuoteView, { readonly connected: boolean; readonly item: QuoteItem }>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /** @param connected whether what is not on this device is on its way */
  of(quote: QuoteView, connected: boolean): QuoteItem {
    const known = this.#drawn.get(quote);
    if (known !== undefined && (known.connected === connected || quote.said.kind !== "unknown")) return known.item;
    const item = this.#draw(quote, connected);
    this.#drawn.set(quote, { connected, item });
    return item;
  }

  #draw({ id, said }: QuoteView, connected: boolean): QuoteItem {
    const { replies: words, conversation, common } = this.#texts;
    if (said.kind === "unavailable" || said.kind === "unknown") {
      const away = connected ? words.coming : words.notHere;
      const text = said.kind === "unavailable" ? words.unavailable : away;
      const label = words.labelOfUnknown(text);
      return { id, author: undefined, text, placeholder: true, label, reachable: false };
    }
    const name = said.mine ? words.you : said.authorName || common.unknownPerson;
    const text = this.#textOf(said, said.mine ? conversation.deletedMine : conversation.deleted);
    return {
      id,
      author: { name, seed: said.author },
      text,
      placeholder: said.kind === "deleted",
      label: words.label(name, text),
      reachable: true,
    };
  }

  #textOf(said: QuoteView["said"] & { readonly kind: "text" | "deleted" }, deleted: string): string {
    if (said.kind === "deleted") return deleted;
    const text = oneLine(said.text, undefined, CHARACTERS);
    return said.failed ? this.#texts.replies.failed(text) : text;
  }
}
