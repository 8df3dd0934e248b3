import { useState } from "react";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { Selecting, SelectingSnapshot } from "../view-model/selecting.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import styles from "./selection-bar.module.css";

export interface SelectionBarProps {
  readonly model: Selecting;
  readonly selected: SelectingSnapshot;
  readonly texts: Texts;
  readonly onForward: () => void;
  readonly onEnd: () => void;
}

/** What can be done with the messages that are selected. */
export function SelectionBar({ model, selected, texts, onForward, onEnd }: SelectionBarProps) {
  const words = texts.selection;
  const [deleting, setDeleting] = useState(false);
  return (
    <div className={styles["bar"]} role="toolbar" aria-label={words.label}>
      <IconButton icon="close" label={words.end} onClick={onEnd} />
      <span className={styles["count"]} role="status">
        {selected.label}
      </span>
      <IconButton icon="copy" label={words.copy} onClick={() => void model.copy()} />
      <IconButton icon="forward" label={texts.forward.start} onClick={onForward} />
      {(selected.canDelete || selected.canHide) && (
        <IconButton icon="delete" label={words.delete} onClick={() => setDeleting(true)} />
      )}
      {deleting && (
        <DeleteDialog
          title={words.deleteTitle(selected.ids.size)}
          explanations={words.deleteText}
          texts={texts}
          forMe={selected.canHide}
          forEveryone={selected.canDelete}
          onDelete={(whose) => (whose === "me" ? model.deleteForMe() : model.deleteForEveryone())}
          onClose={() => setDeleting(false)}
        />
      )}
    </div>
  );
}
