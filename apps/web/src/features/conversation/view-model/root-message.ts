import type { MemberView, Observable, Timeline } from "@parley/client";
import { Disposables } from "../../../observable/disposables.ts";
import { ObservedValue } from "../../../observable/observed-value.ts";
import { isConnected } from "../../../texts/shown-status.ts";
import type { ConversationPorts } from "./conversation-ports.ts";
import type { OpenedThread } from "./opened-thread.ts";
import { type QuoteItem, QuoteItems } from "./quote-items.ts";

/** The message that a thread answers, as it is now, wherever it lies. */
export class RootMessage implements Observable<QuoteItem> {
  readonly #timeline: Timeline;
  readonly #quotes: QuoteItems;
  readonly #ports: Pick<ConversationPorts, "engine">;
  readonly #root: string;
  readonly #shown: ObservedValue<QuoteItem>;
  readonly #disposables = new Disposables();

  constructor({ conversation, root }: OpenedThread, ports: Pick<ConversationPorts, "engine" | "texts">) {
    const { engine, texts } = ports;
    this.#ports = ports;
    this.#root = root;
    this.#quotes = new QuoteItems(texts);
    this.#timeline = engine.openTimeline(conversation);
    // Without an engine there is nobody to tell; the next one is told again.
    this.#timeline.answer(root).catch(() => undefined);
    this.#shown = new ObservedValue(this.#draw());
    this.#disposables.add(
      () => this.#timeline.close(),
      this.#timeline.subscribe(() => this.#shown.set(this.#draw())),
      engine.connection.subscribe(() => this.#shown.set(this.#draw())),
    );
  }

  get = (): QuoteItem => this.#shown.get();
  subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener);
  dispose = (): void => this.#disposables.dispose();

  /** Where it stands; undefined where that is not known. */
  get ordinal(): number | undefined {
    return this.#timeline.get().answering?.ordinal;
  }

  /** Who may read what answers it. */
  get people(): readonly MemberView[] {
    return this.#timeline.get().members;
  }

  #draw(): QuoteItem {
    const { answering } = this.#timeline.get();
    const known = answering?.id === this.#root ? answering : undefined;
    const quote = known ?? { id: this.#root, ordinal: undefined, said: { kind: "unknown" } as const };
    return this.#quotes.of(quote, isConnected(this.#ports.engine.connection.get()));
  }
}
