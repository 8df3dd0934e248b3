import type { FormEvent } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { TextArea } from "../../../design/primitives/text-area.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { GroupInfoViewModel } from "../view-model/group-info-view-model.ts";
import styles from "./group-info-dialog.module.css";

export interface GroupDescriptionProps {
  readonly model: GroupInfoViewModel;
  readonly description: string;
  /** As it is being written; undefined while it is not. */
  readonly draft: string | undefined;
  readonly editable: boolean;
  readonly texts: Texts;
}

/** What the group is about, and where that is written. Nothing where there is none and one may not write it. */
export function GroupDescription({ model, description, draft, editable, texts }: GroupDescriptionProps) {
  const words = texts.group;
  if (draft !== undefined) {
    const save = (event: FormEvent) => {
      event.preventDefault();
      void model.saveDescription();
    };
    return (
      <form className={styles["adding"]} onSubmit={save}>
        <TextArea
          label={words.description}
          value={draft}
          maxLength={model.longestDescription}
          rows={4}
          onValue={model.setDescription}
        />
        <div className={styles["buttons"]}>
          <Button onClick={model.stopDescribing}>{texts.common.cancel}</Button>
          <Button type="submit" look="primary">
            {words.saveDescription}
          </Button>
        </div>
      </form>
    );
  }
  if (description === "" && !editable) return null;
  return (
    <section aria-label={words.description}>
      <div className={styles["heading"]}>
        <h3 className={styles["count"]}>{words.description}</h3>
        {editable && (
          <Button look="quiet" icon="edit" onClick={model.startDescribing}>
            {description === "" ? words.describe : words.changeDescription}
          </Button>
        )}
      </div>
      <p className={description === "" ? styles["role"] : styles["description"]} dir="auto">
        {description === "" ? words.noDescription : description}
      </p>
    </section>
  );
}
