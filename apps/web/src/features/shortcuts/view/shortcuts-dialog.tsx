import { Dialog } from "../../../design/primitives/dialog.tsx";
import { chordNames } from "../../../shortcuts/chord-names.ts";
import {
  chordsOf,
  type ShortcutName,
  type ShortcutPart,
  shortcutNames,
  shortcuts,
} from "../../../shortcuts/shortcuts.ts";
import type { Texts } from "../../../texts/en.ts";
import styles from "./shortcuts-dialog.module.css";

export interface ShortcutsDialogProps {
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Every shortcut there is, as this keyboard has it. */
export function ShortcutsDialog({ texts, onClose }: ShortcutsDialogProps) {
  const words = texts.shortcuts;
  const parts = [...new Set<ShortcutPart>(shortcutNames.map((name) => shortcuts[name].part))];
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      {/* What is scrolled by keys needs the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is read by scrolling */}
      <section aria-label={words.title} tabIndex={0} data-autofocus className={styles["all"]}>
        {parts.map((part) => (
          <section key={part}>
            <h3 className={styles["part"]}>{words.parts[part]}</h3>
            <dl className={styles["list"]}>
              {shortcutNames
                .filter((name) => shortcuts[name].part === part)
                .map((name) => (
                  <Shortcut key={name} name={name} texts={texts} />
                ))}
            </dl>
          </section>
        ))}
      </section>
    </Dialog>
  );
}

function Shortcut({ name, texts }: { readonly name: ShortcutName; readonly texts: Texts }) {
  const words = texts.shortcuts;
  return (
    <div className={styles["shortcut"]}>
      <dt>{words.names[name]}</dt>
      <dd className={styles["chords"]}>
        {chordsOf(name).map((chord, index) => {
          const keys = chordNames(chord, texts);
          return (
            <span key={keys.join(" ")} className={styles["chord"]}>
              {index > 0 && <span className={styles["or"]}>{words.or}</span>}
              {keys.map((key) => (
                <kbd key={key} className={styles["key"]}>
                  {key}
                </kbd>
              ))}
            </span>
          );
        })}
      </dd>
    </div>
  );
}
