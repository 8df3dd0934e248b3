/** Knows the greatest ordinal among the rows of which at least half, or half a screenful, is in view. */
export class RowsInView {
  readonly #observer: IntersectionObserver;
  readonly #report: (ordinal: number) => void;
  readonly #observed = new WeakSet<Element>();
  readonly #inView = new Set<HTMLElement>();
  #reported = 0;

  constructor(scroller: HTMLElement, report: (ordinal: number) => void) {
    this.#report = report;
    this.#observer = new IntersectionObserver((entries) => this.#changed(entries), {
      root: scroller,
      threshold: [0, 0.25, 0.5, 0.75, 1],
    });
  }

  /** The rows changed: some are new, and some were given their ordinal. */
  update(content: HTMLElement): void {
    for (const row of content.children) {
      if (this.#observed.has(row)) continue;
      this.#observed.add(row);
      this.#observer.observe(row);
    }
    this.#tell();
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #changed(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, intersectionRatio, intersectionRect, rootBounds } of entries) {
      if (!(target instanceof HTMLElement)) continue;
      const halfScreen = rootBounds !== null && intersectionRect.height >= rootBounds.height / 2;
      if (isIntersecting && (intersectionRatio >= 0.5 || halfScreen)) this.#inView.add(target);
      else this.#inView.delete(target);
    }
    this.#tell();
  }

  #tell(): void {
    let greatest = 0;
    for (const row of this.#inView) {
      if (row.isConnected) greatest = Math.max(greatest, Number(row.dataset["ordinal"] ?? 0));
      else this.#inView.delete(row);
    }
    if (greatest === 0 || greatest === this.#reported) return;
    this.#reported = greatest;
    this.#report(greatest);
  }
}
