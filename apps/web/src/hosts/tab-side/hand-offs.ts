import type { PostDraft } from "@parley/client";

/** What hand-offs need of a `Storage`. */
export type KeyStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/**
 * What was typed and is not yet in the outbox, kept where a page can write without waiting (localStorage): on Enter a message is never nowhere,
 * whatever becomes of the tab and of the engine in the next moment.
 */
export class HandOffs {
  readonly #storage: KeyStorage | undefined;
  readonly #prefix: string;

  /** @param storage undefined where the browser has none */
  constructor(storage: KeyStorage | undefined, account: string) {
    this.#storage = storage;
    this.#prefix = `parley.hand-off.${account}.`;
  }

  put(post: PostDraft): void {
    try {
      this.#storage?.setItem(this.#prefix + post.id, JSON.stringify(post));
    } catch {
      // Full: the message is still on its way to the outbox, it only lacks the second net.
    }
  }

  remove(id: string): void {
    this.#storage?.removeItem(this.#prefix + id);
  }

  /** In the order in which they were typed. */
  all(): readonly PostDraft[] {
    return this.#keys()
      .map((key) => parsePost(this.#storage?.getItem(key)))
      .filter((post) => post !== undefined)
      .sort((one, other) => one.sentAt - other.sentAt || (one.id < other.id ? -1 : 1));
  }

  clear(): void {
    for (const key of this.#keys()) this.#storage?.removeItem(key);
  }

  #keys(): readonly string[] {
    const storage = this.#storage;
    if (storage === undefined) return [];
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").filter((key) =>
      key.startsWith(this.#prefix),
    );
  }
}

function parsePost(text: string | null | undefined): PostDraft | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isPost(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPost(value: unknown): value is PostDraft {
  if (typeof value !== "object" || value === null) return false;
  const { id, conversation, text, sentAt, draft } = { ...value } as Partial<Record<keyof PostDraft, unknown>>;
  return (
    typeof id === "string" &&
    typeof conversation === "string" &&
    typeof text === "string" &&
    typeof sentAt === "number" &&
    (draft === undefined || typeof draft === "string")
  );
}
