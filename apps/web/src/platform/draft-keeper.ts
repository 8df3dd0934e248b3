import type { DraftKeeper, KeptDraft } from "../features/conversation/view-model/draft-keeper.ts";

type KeyStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

const PREFIX = "parley.draft.";
/** Which message is answered: its id alone, because what it says may be changed and deleted. */
const REPLY_PREFIX = "parley.reply.";

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

  readReply(conversation: string): string | undefined {
    return this.#storage.getItem(this.#key(conversation, REPLY_PREFIX)) ?? undefined;
  }

  writeReply(conversation: string, message: string | undefined): void {
    const key = this.#key(conversation, REPLY_PREFIX);
    try {
      if (message === undefined) this.#storage.removeItem(key);
      else this.#storage.setItem(key, message);
    } catch {
      // The storage is full: it is kept as long as the page.
    }
  }

  clearAll(): void {
    const storage = this.#storage;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    const prefixes = [this.#key(""), this.#key("", REPLY_PREFIX)];
    for (const key of keys) if (prefixes.some((prefix) => key.startsWith(prefix))) storage.removeItem(key);
  }

  #key(conversation: string, prefix = PREFIX): string {
    return `${prefix}${this.#account}.${conversation}`;
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
