import type { Observable } from "@parley/client";
import type { LanguageSetting } from "../features/settings/view-model/language-setting.ts";
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

const KEY = "parley.language";

/** What it needs of a window. */
export interface LanguageWindow {
  readonly localStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  readonly navigator: Pick<Navigator, "languages">;
  readonly document: { readonly documentElement: Pick<HTMLElement, "lang" | "dir"> };
}

/** The language that this browser was asked for or prefers, and what is said in it. The document says which one it is. */
export class LanguageStore implements LanguageSetting {
  readonly choice: ObservedValue<LanguageChoice>;
  readonly #window: LanguageWindow;
  readonly #speech: ObservedValue<Speech>;
  /** The last choice whose texts are here. */
  #kept: LanguageChoice;

  private constructor(window: LanguageWindow, choice: LanguageChoice, speech: Speech) {
    this.#window = window;
    this.choice = new ObservedValue(choice);
    this.#kept = choice;
    this.#speech = new ObservedValue(speech);
  }

  /** Fetches the texts first, where they do not come with the app: nothing is shown in another language meanwhile. */
  static async open(window: LanguageWindow): Promise<LanguageStore> {
    const stored = window.localStorage.getItem(KEY);
    const choice = languageCodes.find((code) => code === stored) ?? "system";
    const spoken = spokenLanguage(choice, window.navigator.languages);
    mark(window.document, spoken);
    try {
      return new LanguageStore(window, choice, await speechIn(spoken));
    } catch {
      // Its texts are not here, and the server cannot be reached: better English than nothing.
      const english = spokenLanguage("en", window.navigator.languages);
      mark(window.document, english);
      return new LanguageStore(window, choice, await speechIn(english));
    }
  }

  get speech(): Observable<Speech> {
    return this.#speech;
  }

  async choose(choice: LanguageChoice): Promise<void> {
    this.choice.set(choice);
    const { localStorage, navigator, document } = this.#window;
    const spoken = spokenLanguage(choice, navigator.languages);
    try {
      const speech = await speechIn(spoken);
      // Somebody chose another one meanwhile.
      if (this.choice.get() !== choice) return;
      this.#kept = choice;
      if (choice === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, choice);
      mark(document, spoken);
      if (speech.code !== this.#speech.get().code) this.#speech.set(speech);
    } catch (error) {
      if (this.choice.get() === choice) this.choice.set(this.#kept);
      throw error;
    }
  }
}

async function speechIn({ code, tag }: SpokenLanguage): Promise<Speech> {
  const { texts: load, inspectorTexts } = languages[code];
  const texts = await load();
  return { code, texts, format: new TimeFormat(texts, tag), inspectorTexts };
}

function mark({ documentElement }: LanguageWindow["document"], { code }: SpokenLanguage): void {
  documentElement.lang = code;
  documentElement.dir = languages[code].direction;
}
