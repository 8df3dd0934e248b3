import type { MessageRow } from "@parley/client";
import { foldBlocks } from "../../../rich-text/fold-blocks.ts";
import { parseRichText } from "../../../rich-text/parse-rich-text.ts";
import type { Block } from "../../../rich-text/rich-text.ts";
import type { Texts } from "../../../texts/en.ts";
import { isEmojiOnly } from "./emoji.ts";
import type { MessageItem } from "./timeline-item.ts";

interface ReadText {
  readonly blocks: readonly Block[];
  /** Of a long one: its beginning. */
  readonly folded: readonly Block[] | undefined;
  readonly emojiOnly: boolean;
}

/** What to draw inside messages: each text is read once, and a long one is folded until somebody unfolds it, for as long as its conversation is open. */
export class MessageBodies {
  readonly #texts: Texts;
  readonly #read = new WeakMap<MessageRow["body"], ReadText>();
  readonly #unfolded = new Set<string>();
  /** Of blocked people. */
  readonly #shown = new Set<string>();

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  isShown(id: string): boolean {
    return this.#shown.has(id);
  }

  show(id: string): void {
    this.#shown.add(id);
  }

  isUnfolded(id: string): boolean {
    return this.#unfolded.has(id);
  }

  setUnfolded(id: string, unfolded: boolean): void {
    if (unfolded) this.#unfolded.add(id);
    else this.#unfolded.delete(id);
  }

  of({ id, body, mine, folded }: MessageRow): MessageItem["body"] {
    const words = this.#texts.conversation;
    if (folded === true && body.kind === "text" && !this.isShown(id)) {
      return { kind: "placeholder", text: this.#texts.blocking.message, showable: true };
    }
    switch (body.kind) {
      case "text": {
        const { blocks, folded, emojiOnly } = this.#readText(body);
        const { text, edited, forwarded = false } = body;
        const drawn = { kind: "text", text, edited, forwarded, emojiOnly } as const;
        if (folded === undefined) return { ...drawn, blocks, fold: undefined };
        const unfolded = this.#unfolded.has(id);
        const fold = unfolded ? "unfolded" : "folded";
        return { ...drawn, blocks: unfolded ? blocks : folded, fold };
      }
      case "deleted":
        if (body.expired) return { kind: "placeholder", text: words.expired };
        return { kind: "placeholder", text: mine ? words.deletedMine : words.deleted };
      case "withheld":
        return { kind: "placeholder", text: words.withheld };
    }
  }

  #readText(body: MessageRow["body"] & { readonly kind: "text" }): ReadText {
    const known = this.#read.get(body);
    if (known !== undefined) return known;
    const blocks = parseRichText(body.text, body.mentions);
    const read = { blocks, folded: foldBlocks(blocks), emojiOnly: isEmojiOnly(body.text) };
    this.#read.set(body, read);
    return read;
  }
}
