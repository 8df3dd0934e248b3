type KeyStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const KEY = "parley.session-to-end";

/** Remembers whose session ended here without the server knowing: scripts cannot remove its cookie. */
export class SessionToEnd {
  readonly #storage: KeyStorage;

  constructor(storage: KeyStorage) {
    this.#storage = storage;
  }

  get account(): string | undefined {
    return this.#storage.getItem(KEY) ?? undefined;
  }

  set(account: string): void {
    this.#storage.setItem(KEY, account);
  }

  clear(): void {
    this.#storage.removeItem(KEY);
  }
}
