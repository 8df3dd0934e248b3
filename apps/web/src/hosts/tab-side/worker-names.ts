/**
 * Names of workers: `parley-engine-<account>-<number> <version>`. A name is never used again after its worker died (not every browser starts a
 * second worker under the name of a dead one), and a worker of another version of the app is not joined: its owner's place is taken.
 */
export class WorkerNames {
  readonly #account: string;
  readonly #version: string;

  /** @param version the worker's address, which differs between versions of the app */
  constructor(account: string, version: string) {
    this.#account = account;
    this.#version = version;
  }

  /**
   * Finds the worker that lives, or names a new one, and connects to it while no other tab chooses.
   *
   * @param avoid a worker that is dead, or does not answer
   * @param connect resolves once the worker holds its lock, so that the next tab to choose finds it
   */
  choose<Port>(
    avoid: string | undefined,
    connect: (name: string) => Promise<Port>,
  ): Promise<{ readonly name: string; readonly port: Port }> {
    return navigator.locks.request(`parley-choosing-${this.#account}`, async () => {
      const name = (await this.#living(avoid)) ?? this.#next();
      return { name, port: await connect(name) };
    });
  }

  async #living(avoid: string | undefined): Promise<string | undefined> {
    const { held = [] } = await navigator.locks.query();
    return held
      .filter(({ mode }) => mode === "exclusive")
      .map(({ name }) => name)
      .filter((name) => name !== undefined)
      .filter((name) => name.startsWith(this.#prefix()) && name.endsWith(this.#suffix()))
      .sort((one, other) => this.#numberOf(other) - this.#numberOf(one))
      .find((name) => avoid === undefined || this.#numberOf(name) > this.#numberOf(avoid));
  }

  #next(): string {
    const key = `parley.worker-number.${this.#account}`;
    const number = Number(localStorage.getItem(key) ?? 0) + 1;
    localStorage.setItem(key, String(number));
    return `${this.#prefix()}${number}${this.#suffix()}`;
  }

  #prefix(): string {
    return `parley-engine-${this.#account}-`;
  }

  #suffix(): string {
    return ` ${this.#version}`;
  }

  #numberOf(name: string): number {
    return Number(name.slice(this.#prefix().length).split(" ")[0]);
  }
}
