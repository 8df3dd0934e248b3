import type { AccountMemory } from "../app/account-memory.ts";
import type { SignedInAccount } from "../features/accounts/view-model/accounts.ts";

const KEY = "parley.account";

export class LocalAccountMemory implements AccountMemory {
  readonly #window: Window;

  constructor(window: Window) {
    this.#window = window;
  }

  get #storage(): Storage {
    return this.#window.localStorage;
  }

  read(): SignedInAccount | undefined {
    const stored = this.#storage.getItem(KEY);
    if (stored === null) return undefined;
    try {
      return signedInAccount(JSON.parse(stored));
    } catch {
      return undefined;
    }
  }

  write(account: SignedInAccount): void {
    this.#storage.setItem(KEY, JSON.stringify(account));
  }

  clear(): void {
    this.#storage.removeItem(KEY);
  }

  onChange(listener: () => void): void {
    this.#window.addEventListener("storage", ({ key }) => {
      // Without a key: all was cleared.
      if (key === KEY || key === null) listener();
    });
  }
}

function signedInAccount(value: unknown): SignedInAccount | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { account, userName, displayName } = value as Record<string, unknown>;
  if (typeof account !== "string" || typeof userName !== "string" || typeof displayName !== "string") return undefined;
  return { account, userName, displayName };
}
