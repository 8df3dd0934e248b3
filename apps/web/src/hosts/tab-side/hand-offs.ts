import type { PostDraft, ThreadPlace } from "@parley/client";

/** What hand-offs need of a `Storage`. */
export type KeyStorage = Pick<Storage, "length" | "key" | "getItem" | "setItem" | "removeItem">;

/** `place` grows with every message that a tab hands off. */
interface HandOff extends PostDraft {
  readonly place: number;
}

/**
 * What was typed and is not yet in the outbox, kept where a page can write without waiting (localStorage): on Enter a message is never nowhere,
 * whatever becomes of the tab and of the engine in the next moment.
 */
export class HandOffs {
  readonly #storage: KeyStorage | undefined;
  readonly #prefix: string;
  #lastPlace: number | undefined;

  /** @param storage undefined where the browser has none */
  constructor(storage: KeyStorage | undefined, account: string) {
    this.#storage = storage;
    this.#prefix = `parley.hand-off.${account}.`;
  }

  /** False where the browser has no room for it, or keeps nothing. */
  put(post: PostDraft): boolean {
    const storage = this.#storage;
    if (storage === undefined) return false;
    const key = this.#prefix + post.id;
    // Also put by a tab that found it: it stays where it was.
    if (typeof storage.getItem(key) === "string") return true;
    this.#lastPlace ??= this.#held().reduce((last, { place }) => Math.max(last, place), 0);
    this.#lastPlace += 1;
    try {
      storage.setItem(key, JSON.stringify({ ...post, place: this.#lastPlace } satisfies HandOff));
      return true;
    } catch {
      return false;
    }
  }

  remove(id: string): void {
    this.#storage?.removeItem(this.#prefix + id);
  }

  /** In the order in which they were typed, whatever the clock said then. */
  all(): readonly PostDraft[] {
    return this.#held()
      .sort((one, other) => one.place - other.place || one.sentAt - other.sentAt || (one.id < other.id ? -1 : 1))
      .map(({ place, ...post }) => post);
  }

  clear(): void {
    for (const key of this.#keys()) this.#storage?.removeItem(key);
  }

  #held(): HandOff[] {
    return this.#keys()
      .map((key) => parsePost(this.#storage?.getItem(key)))
      .filter((post) => post !== undefined);
  }

  #keys(): readonly string[] {
    const storage = this.#storage;
    if (storage === undefined) return [];
    return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "").filter((key) =>
      key.startsWith(this.#prefix),
    );
  }
}

function parsePost(text: string | null | undefined): HandOff | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isPost(value) ? { ...value, place: placeOf(value) } : undefined;
  } catch {
    return undefined;
  }
}

/** An older version of the app gave no places. */
function placeOf(value: object): number {
  return "place" in value && typeof value.place === "number" ? value.place : 0;
}

function isPost(value: unknown): value is PostDraft {
  if (typeof value !== "object" || value === null) return false;
  const post = { ...value } as Partial<Record<keyof PostDraft, unknown>>;
  const { id, conversation, text, sentAt, draft, replyTo, thread, alsoAs } = post;
  return (
    typeof id === "string" &&
    typeof conversation === "string" &&
    typeof text === "string" &&
    typeof sentAt === "number" &&
    (draft === undefined || typeof draft === "string") &&
    (replyTo === undefined || typeof replyTo === "string") &&
    (thread === undefined || isPlace(thread)) &&
    (alsoAs === undefined || typeof alsoAs === "string")
  );
}

function isPlace(value: unknown): value is ThreadPlace {
  if (typeof value !== "object" || value === null) return false;
  const { conversation, root } = { ...value } as Partial<Record<keyof ThreadPlace, unknown>>;
  return typeof conversation === "string" && typeof root === "string";
}
