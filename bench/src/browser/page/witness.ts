import type { Seen, SeenMessage } from "./seen.ts";

/** What the bench's messages are told apart by; the full stop keeps the name from the time that stands behind it. */
const NAME = /^(bench-\w+)\./;
const ARRIVED = new Set(["sent", "delivered", "read"]);

type Moments = { -readonly [Moment in keyof SeenMessage]: SeenMessage[Moment] };

/** Watches a page as a person would, by what is in its document, and notes when things happen. */
export class Witness {
  readonly #messages = new Map<string, Moments>();
  readonly #listPainted = new Map<number, number>();

  constructor() {
    const watch = { subtree: true, childList: true, attributeFilter: ["data-status"] };
    new MutationObserver((records) => this.#look(records)).observe(document, watch);
    addEventListener("keydown", (event) => this.#keyDown(event), { capture: true });
  }

  seen(): Seen {
    return {
      began: performance.timeOrigin,
      listPainted: Object.fromEntries(this.#listPainted),
      messages: Object.fromEntries(this.#messages),
    };
  }

  #keyDown({ key, target, timeStamp }: KeyboardEvent): void {
    if (key !== "Enter" || !(target instanceof HTMLTextAreaElement)) return;
    const name = NAME.exec(target.value)?.[1];
    // The time at which the browser got the key, not that at which the page had time for it.
    if (name !== undefined) this.#momentsOf(name).entered ??= performance.timeOrigin + timeStamp;
  }

  #look(records: readonly MutationRecord[]): void {
    const at = now();
    for (const article of articlesOf(records)) this.#lookAt(article, at);
    const listed = document.querySelectorAll("nav[aria-label=Conversations] li").length;
    if (listed > 0 && !this.#listPainted.has(listed)) {
      this.#listPainted.set(listed, Number.NaN);
      afterPaint((painted) => this.#listPainted.set(listed, painted));
    }
  }

  #lookAt(article: Element, at: number): void {
    const name = NAME.exec(article.querySelector("[data-text]")?.textContent ?? "")?.[1];
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
