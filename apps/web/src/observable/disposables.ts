/** What an owner started and must end; ended in reverse order, once. */
export class Disposables {
  readonly #ends: (() => void)[] = [];

  add(...ends: readonly (() => void)[]): void {
    this.#ends.push(...ends);
  }

  dispose(): void {
    for (const end of this.#ends.splice(0).reverse()) end();
  }
}
