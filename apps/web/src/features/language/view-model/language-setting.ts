import type { Observable } from "@parley/client";
import type { LanguageChoice } from "../../../texts/languages.ts";

/** Which language this device was asked to speak. */
export interface LanguageSetting {
  readonly choice: Observable<LanguageChoice>;
  /** Rejects where the texts could not be fetched; the language then stays what it was. */
  choose(choice: LanguageChoice): Promise<void>;
}
