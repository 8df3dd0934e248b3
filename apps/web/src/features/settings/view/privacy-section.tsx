import { Switch } from "../../../design/primitives/switch.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { PrivacyItem } from "../view-model/privacy-choice.ts";
import styles from "./settings-dialog.module.css";

export interface PrivacySectionProps {
  readonly privacy: PrivacyItem;
  readonly texts: Texts;
  readonly onReadReceipts: (on: boolean) => void;
  readonly onPresence: (on: boolean) => void;
}

/** What others learn of one. */
export function PrivacySection({ privacy, texts, onReadReceipts, onPresence }: PrivacySectionProps) {
  const words = texts.settings;
  return (
    <section aria-label={words.privacy}>
      <h3 className={styles["heading"]}>{words.privacy}</h3>
      <Switch
        label={words.readReceipts}
        help={privacy.known ? words.readReceiptsText : words.privacyUnknown}
        on={privacy.readReceipts}
        disabled={!privacy.known}
        onChange={onReadReceipts}
      />
      <Switch
        label={words.presence}
        help={privacy.known ? words.presenceText : words.privacyUnknown}
        on={privacy.presence}
        disabled={!privacy.known}
        onChange={onPresence}
      />
    </section>
  );
}
