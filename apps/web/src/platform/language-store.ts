import type { Observable } from "@parley/client";
import type { LanguageSetting } from "../features/language/view-model/language-setting.ts";
import { ObservedValue } from "../observable/observed-value.ts";
import {
  type LanguageChoice,
  languageCodes,
  languages,
  type SpokenLanguage,
  spokenLanguage,
} from "../texts/languages.ts";
import type { Speech } from "../texts/speech.ts";
import { TimeFormat } from "../texts/time-format.ts";
import { type ChoosingWindow, storedChoice } from "./stored-choice.ts";

/** What it needs of a window. */
export interface LanguageWindow extends ChoosingWindow {
  readonly navigator: Pick<Navigator, "languages">;
  readonly document: { readonly documentElement: Pick<HTMLElement, "lang" | "dir"> };
}

/** The language that this browser was asked for or prefers, and what is said in it. The document says which one it is. */
export class LanguageStore implements LanguageSetting {
  readonly choice: ObservedValue<LanguageChoice>;
  readonly #window: LanguageWindow;
  readonly #stored: ObservedValue<LanguageChoice>;
  readonly #speech: ObservedValue<Speech>;
  /** The last choice whose texts are here. */
  #kept: LanguageChoice;

  private constructor(window: LanguageWindow, stored: ObservedValue<LanguageChoice>, speech: Speech) {
    this.#window = window;
    this.#stored = stored;
    this.choice = new ObservedValue(stored.get());
    this.#kept = stored.get();
    this.#speech = new ObservedValue(speech);
    // Where the texts cannot be had, this tab goes on in the language that it has.
    stored.subscribe(() => void this.choose(stored.get()).catch(() => undefined));
  }

  /** Fetches the texts first, where they do not come with the app: nothing is shown in another language meanwhile. */
  static async open(window: LanguageWindow): Promise<LanguageStore> {
    const stored = storedChoice<LanguageChoice>(window, "language", ["system", ...languageCodes]);
    const spoken = spokenLanguage(stored.get(), window.navigator.languages);
    mark(window.document, spoken);
    try {
      return new LanguageStore(window, stored, await speechIn(spoken));
    } catch {
      // Its texts are not here, and the server cannot be reached: better English than nothing.
      const english = spokenLanguage("en", window.navigator.languages);
      mark(window.document, english);
      return new LanguageStore(window, stored, await speechIn(english));
    }
  }

  get speech(): Observable<Speech> {
    return this.#speech;
  }

  async choose(choice: LanguageChoice): Promise<void> {
    // Also where another tab chose what this one is just fetching.
    if (choice === this.choice.get()) return;
    this.choice.set(choice);
    const { navigator, document } = this.#window;
    const spoken = spokenLanguage(choice, navigator.languages);
    try {
      const speech = await speechIn(spoken);
      // Somebody chose another one meanwhile.
      if (this.choice.get() !== choice) return;
      this.#kept = choice;
      this.#stored.set(choice);
      mark(document, spoken);
      if (speech.code !== this.#speech.get().code) this.#speech.set(speech);
    } catch (error) {
      if (this.choice.get() === choice) this.choice.set(this.#kept);
      throw error;
    }
  }
}

async function speechIn({ code, tag }: SpokenLanguage): Promise<Speech> {
  const { texts: load, inspectorTexts, emojiWords } = languages[code];
  const texts = await load();
  return { code, texts, format: new TimeFormat(texts, tag), inspectorTexts, emojiWords };
}

function mark({ documentElement }: LanguageWindow["document"], { code }: SpokenLanguage): void {
  documentElement.lang = code;
  documentElement.dir = languages[code].direction;
}
