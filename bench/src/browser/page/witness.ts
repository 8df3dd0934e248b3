import { nameIn } from "./message-name.ts";
import type { Seen, SeenMessage } from "./seen.ts";

const ARRIVED = new Set(["sent", "delivered", "read"]);

type Moments = { -readonly [Moment in keyof SeenMessage]: SeenMessage[Moment] };

/** Watches a page as a person would, by what is in its document, and notes when things happen. */
export class Witness {
  readonly #messages = new Map<string, Moments>();
  readonly #listPainted = new Map<number, number>();
  readonly #typed: number[] = [];
  readonly #typingPainted: number[] = [];
  #someoneTypes = false;

  constructor() {
    const watch = { subtree: true, childList: true, characterData: true, attributeFilter: ["data-status"] };
    new MutationObserver((records) => this.#look(records)).observe(document, watch);
    addEventListener("keydown", (event) => this.#keyDown(event), { capture: true });
  }

  seen(): Seen {
    return {
      began: performance.timeOrigin,
      listPainted: Object.fromEntries(this.#listPainted),
      messages: Object.fromEntries(this.#messages),
      typed: this.#typed,
      typingPainted: this.#typingPainted,
    };
  }

  #keyDown({ key, target, timeStamp }: KeyboardEvent): void {
    if (!(target instanceof HTMLTextAreaElement)) return;
    // The time at which the browser got the key, not that at which the page had time for it.
    const at = performance.timeOrigin + timeStamp;
    if (key !== "Enter") {
      if (target.value === "" && key.length === 1) this.#typed.push(at);
      return;
    }
    const name = nameIn(target.value);
    if (name !== undefined) this.#momentsOf(name).entered ??= at;
  }

  #look(records: readonly MutationRecord[]): void {
    const at = now();
    for (const article of articlesOf(records)) this.#lookAt(article, at);
    const list = document.querySelector<HTMLElement>("nav[aria-label=Conversations] ul[data-rows]");
    // How many it holds: those near the viewport are drawn.
    const listed = list?.querySelector("li") ? Number(list.dataset["rows"]) : 0;
    if (listed > 0 && !this.#listPainted.has(listed)) {
      this.#listPainted.set(listed, Number.NaN);
      afterPaint((painted) => this.#listPainted.set(listed, painted));
    }
    this.#lookForTyping();
  }

  /** Said below the messages of the open conversation. */
  #lookForTyping(): void {
    const types = document.querySelector("section > p")?.textContent?.includes("typing") === true;
    if (types && !this.#someoneTypes) afterPaint((painted) => this.#typingPainted.push(painted));
    this.#someoneTypes = types;
  }

  #lookAt(article: Element, at: number): void {
    const name = nameIn(article.querySelector("[data-text]")?.textContent ?? "");
    if (name === undefined) return;
    const moments = this.#momentsOf(name);
    const status = article.querySelector<HTMLElement>("[data-status]")?.dataset["status"];
    if (status !== undefined && ARRIVED.has(status)) moments.sent ??= at;
    if (moments.shown !== undefined) return;
    moments.shown = at;
    afterPaint((painted) => {
      moments.painted = painted;
    });
  }

  #momentsOf(name: string): Moments {
    const known = this.#messages.get(name);
    if (known !== undefined) return known;
    const moments: Moments = {};
    this.#messages.set(name, moments);
    return moments;
  }
}

/** Messages in which something has changed. */
function articlesOf(records: readonly MutationRecord[]): ReadonlySet<Element> {
  const articles = new Set<Element>();
  for (const { target, addedNodes } of records) {
    const around = target instanceof Element ? target.closest("article") : null;
    if (around !== null) articles.add(around);
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      if (node.matches("article")) articles.add(node);
      for (const article of node.querySelectorAll("article")) articles.add(article);
    }
  }
  return articles;
}

/** Calls when the next frame has been drawn: the first task after its callbacks, styles and layout. */
function afterPaint(then: (at: number) => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(now());
    port2.postMessage(undefined);
  });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
