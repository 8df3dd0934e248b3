import { Choice } from "../../../design/primitives/choice.tsx";
import type { Texts } from "../../../texts/en.ts";
import { type LanguageChoice as Chosen, languageCodes, languages } from "../../../texts/languages.ts";

export interface LanguageChoiceProps {
  readonly value: Chosen;
  readonly texts: Texts;
  readonly onValue: (choice: Chosen) => void;
}

/** Which language Parley speaks. Each has its own name for itself, so that whoever speaks it finds it. */
export function LanguageChoice({ value, texts, onValue }: LanguageChoiceProps) {
  return (
    <Choice
      label={texts.language.label}
      value={value}
      options={[
        { value: "system", label: texts.language.system },
        ...languageCodes.map((code) => ({ value: code, label: languages[code].name, lang: code })),
      ]}
      onValue={onValue}
    />
  );
}
