import type { Texts } from "../../../texts/en.ts";
import { type SkinTone, skinTones, withTone } from "../view-model/emoji.ts";
import { tonesByRule } from "../view-model/emoji-row.ts";
import styles from "./emoji-picker.module.css";

const HAND = { text: "✋", tones: tonesByRule("✋") };

export interface ToneChoiceProps {
  readonly tone: SkinTone;
  readonly texts: Texts;
  readonly onChoose: (tone: SkinTone) => void;
}

/** Which skin emojis of people have. */
export function ToneChoice({ tone, texts, onChoose }: ToneChoiceProps) {
  const words = texts.emoji;
  return (
    <fieldset className={styles["tones"]} aria-label={words.tone}>
      {skinTones.map((one) => (
        <label key={one} className={styles["tone"]} title={words.tones[one]}>
          <input
            type="radio"
            name="emoji-tone"
            className={styles["radio"]}
            aria-label={words.tones[one]}
            checked={one === tone}
            onChange={() => onChoose(one)}
          />
          <span aria-hidden="true">{withTone(HAND, one)}</span>
        </label>
      ))}
    </fieldset>
  );
}
