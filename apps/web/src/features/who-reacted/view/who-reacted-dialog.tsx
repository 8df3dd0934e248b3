import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ReactionGroup, WhoReactedViewModel } from "../view-model/who-reacted-view-model.ts";
import styles from "./who-reacted-dialog.module.css";

export interface WhoReactedDialogProps {
  readonly model: WhoReactedViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Who reacted to a message, and with what; one's own can be taken back. */
export function WhoReactedDialog({ model, texts, onClose }: WhoReactedDialogProps) {
  const { groups } = useObservable(model);
  const words = texts.whoReacted;
  return (
    <Dialog forReading size="small" title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <p className={styles["none"]} role="status">
        {groups.length === 0 && words.none}
      </p>
      <div className={styles["groups"]}>
        {groups.map((group) => (
          <Group key={group.emoji} group={group} texts={texts} onRemove={model.remove} />
        ))}
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly group: ReactionGroup;
  readonly texts: Texts;
  readonly onRemove: (emoji: string) => void;
}

function Group({ group: { emoji, title, people }, texts, onRemove }: GroupProps) {
  const words = texts.whoReacted;
  return (
    <section aria-label={title}>
      <h3 className={styles["heading"]}>{title}</h3>
      <ul>
        {people.map(({ account, name, label, mine }) => (
          <PersonRow key={account} name={name} seed={account} label={label}>
            {mine && (
              <Button look="quiet" aria-label={words.removeLabel(emoji)} onClick={() => onRemove(emoji)}>
                {words.remove}
              </Button>
            )}
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
