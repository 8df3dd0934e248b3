import { skinTones } from "../features/emoji/view-model/emoji.ts";
import { type EmojiHabits, type EmojiMemory, noHabits } from "../features/emoji/view-model/emoji-memory.ts";

const PREFIX = "parley.emoji.";

/** Keeps on this browser how an account uses emojis. */
export class LocalEmojiMemory implements EmojiMemory {
  readonly #storage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly #key: string;

  constructor(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">, account: string) {
    this.#storage = storage;
    this.#key = PREFIX + account;
  }

  read(): EmojiHabits {
    return parsed(this.#storage.getItem(this.#key)) ?? noHabits;
  }

  write(habits: EmojiHabits): void {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(habits));
    } catch {
      // The storage is full: nothing is lost but a habit.
    }
  }

  clear(): void {
    this.#storage.removeItem(this.#key);
  }
}

function parsed(stored: string | null): EmojiHabits | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? "null");
    if (typeof value !== "object" || value === null || !("tone" in value) || !("recent" in value)) return undefined;
    const tone = skinTones.find((one) => one === value.tone);
    const { recent } = value;
    if (tone === undefined || !Array.isArray(recent)) return undefined;
    return { tone, recent: recent.filter((text) => typeof text === "string") };
  } catch {
    return undefined;
  }
}
