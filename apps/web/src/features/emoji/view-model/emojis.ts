import { ObservedValue } from "../../../observable/observed-value.ts";
import { type Emoji, type SkinTone, withTone } from "./emoji.ts";
import type { EmojiBook } from "./emoji-book.ts";
import { type EmojiHabits, type EmojiMemory, noHabits } from "./emoji-memory.ts";

const REMEMBERED = 24;

/** The emojis, fetched when they are wanted first, and how somebody uses them. */
export class Emojis {
  readonly habits: ObservedValue<EmojiHabits>;
  readonly #fetch: () => Promise<EmojiBook>;
  readonly #memory: EmojiMemory;
  #book: EmojiBook | undefined;
  #opening: Promise<EmojiBook> | undefined;

  constructor(fetch: () => Promise<EmojiBook>, memory: EmojiMemory) {
    this.#fetch = fetch;
    this.#memory = memory;
    this.habits = new ObservedValue(memory.read());
  }

  /** Undefined before it was opened. */
  get book(): EmojiBook | undefined {
    return this.#book;
  }

  /** Rejects where it cannot be fetched; the next time it is tried again. */
  open(): Promise<EmojiBook> {
    this.#opening ??= this.#fetch().then(
      (book) => {
        this.#book = book;
        return book;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  /** As this person wants it. */
  toned(emoji: Emoji): string {
    return withTone(emoji, this.habits.get().tone);
  }

  /** Somebody chose it: it comes first among those that were used. */
  used(text: string): void {
    const { recent } = this.#memory.read();
    this.#keep({ recent: [text, ...recent.filter((other) => other !== text)].slice(0, REMEMBERED) });
  }

  chooseTone(tone: SkinTone): void {
    this.#keep({ tone });
  }

  /** Nothing of this person is kept any more. */
  forget(): void {
    this.#memory.clear();
    this.habits.set(noHabits);
  }

  /** Another tab may have kept something since. */
  #keep(changes: Partial<EmojiHabits>): void {
    const habits = { ...this.#memory.read(), ...changes };
    this.#memory.write(habits);
    this.habits.set(habits);
  }
}
