import type { Observable } from "@parley/client";
import type { LanguageSetting } from "../../src/features/language/view-model/language-setting.ts";
import { ObservedValue } from "../../src/observable/observed-value.ts";
import { LanguageStore } from "../../src/platform/language-store.ts";
import { pseudoTexts } from "../../src/testing/pseudo-texts.ts";
import { en } from "../../src/texts/en.ts";
import type { LanguageChoice } from "../../src/texts/languages.ts";
import type { Speech } from "../../src/texts/speech.ts";
import { TimeFormat } from "../../src/texts/time-format.ts";

interface DemoLanguage extends LanguageSetting {
  readonly speech: Observable<Speech>;
}

/** The languages of the app, and `pseudo`: marked English from right to left, as a proof that the app can do so. */
export async function demoLanguage(window: Window, wanted: string | null): Promise<DemoLanguage> {
  if (wanted !== "pseudo") return LanguageStore.open(window);
  const { documentElement } = window.document;
  documentElement.lang = "en-XB";
  documentElement.dir = "rtl";
  const texts = pseudoTexts(en);
  const inspectorTexts = async () => pseudoTexts((await import("../../src/texts/en-inspector.ts")).enInspector);
  return {
    choice: new ObservedValue<LanguageChoice>("system"),
    choose: async () => undefined,
    speech: new ObservedValue({
      code: "pseudo",
      texts,
      format: new TimeFormat(texts, "en-GB"),
      inspectorTexts,
      emojiWords: async () => undefined,
    }),
  };
}
