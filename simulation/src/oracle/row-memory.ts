import type { Violation } from "./violation.ts";

/**
 * What one run of an engine has shown of each message: content never goes back, and what was erased does not return. Only a data set that was
 * set back begins a new era, in which what was shown before counts no more.
 */
export class RowMemory {
  readonly #contentRev = new Map<string, number>();
  #era = 0;

  saw(id: string, contentRev: number, era: number, where: string): Violation[] {
    if (era !== this.#era) this.#contentRev.clear();
    this.#era = era;
    const before = this.#contentRev.get(id) ?? 0;
    if (contentRev >= before) {
      this.#contentRev.set(id, contentRev);
      return [];
    }
    return [{ rule: "LOG5", detail: `${where} as of ${contentRev}, after it was shown as of ${before}` }];
  }
}
