import type { Violation } from "./violation.ts";

/** What one run of an engine has shown of each message: content never goes back, and what was erased does not return. */
export class RowMemory {
  readonly #contentRev = new Map<string, number>();

  saw(id: string, contentRev: number, where: string): Violation[] {
    const before = this.#contentRev.get(id) ?? 0;
    if (contentRev >= before) {
      this.#contentRev.set(id, contentRev);
      return [];
    }
    return [{ rule: "LOG5", detail: `${where} as of ${contentRev}, after it was shown as of ${before}` }];
  }

  /** The data set was set back; what was shown before counts no more. */
  clear(): void {
    this.#contentRev.clear();
  }
}
