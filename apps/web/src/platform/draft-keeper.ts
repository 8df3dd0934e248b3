import type { DraftKeeper, KeptDraft } from "../features/conversation/view-model/draft-keeper.ts";

type KeyStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

const PREFIX = "parley.draft.";

/** Keeps what was typed in the last moments, synchronously, until the engine has stored it. */
export class LocalDraftKeeper implements DraftKeeper {
  readonly #storage: KeyStorage;
  readonly #account: string;

  constructor(storage: KeyStorage, account: string) {
    this.#storage = storage;
    this.#account = account;
  }

  read(conversation: string): KeptDraft | undefined {
    const stored = this.#storage.getItem(this.#key(conversation));
    return stored === null ? undefined : (parsed(stored) ?? { text: stored, base: "" });
  }

  write(conversation: string, { text, base }: KeptDraft): void {
    try {
      this.#storage.setItem(this.#key(conversation), JSON.stringify({ text, base }));
    } catch {
      // The storage is full: the engine's own copy, a moment later, is the one that counts.
    }
  }

  clear(conversation: string): void {
    this.#storage.removeItem(this.#key(conversation));
  }

  clearAll(): void {
    const storage = this.#storage;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    for (const key of keys) if (key.startsWith(this.#key(""))) storage.removeItem(key);
  }

  #key(conversation: string): string {
    return `${PREFIX}${this.#account}.${conversation}`;
  }
}

/** Undefined for what earlier versions of the app have kept: the text alone. */
function parsed(stored: string): KeptDraft | undefined {
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== "object" || value === null || !("text" in value) || !("base" in value)) return undefined;
    const { text, base } = value;
    return typeof text === "string" && typeof base === "string" ? { text, base } : undefined;
  } catch {
    return undefined;
  }
}
