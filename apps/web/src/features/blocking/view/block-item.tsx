import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { BlockablePerson } from "../view-model/blockable-person.ts";

interface BlockItemProps {
  readonly person: BlockablePerson;
  readonly texts: Texts;
  /** It is asked first. */
  readonly onBlock: () => void;
  readonly onUnblock: () => void;
}

/** What a menu offers about somebody. */
export function BlockItem({ person, texts, onBlock, onUnblock }: BlockItemProps) {
  const { blocked } = person;
  return (
    <MenuItem icon="block" danger={!blocked} onChoose={blocked ? onUnblock : onBlock}>
      {blocked ? texts.blocking.unblock : texts.blocking.block}
    </MenuItem>
  );
}

interface BlockQuestionProps {
  readonly person: Pick<BlockablePerson, "name">;
  readonly texts: Texts;
  readonly onBlock: () => void;
  readonly onClose: () => void;
}

/** Says what blocking means before it is done. */
export function BlockQuestion({ person, texts, onBlock, onClose }: BlockQuestionProps) {
  const words = texts.blocking;
  return (
    <ConfirmDialog
      danger
      title={words.title(person.name)}
      text={words.text}
      confirmLabel={words.confirm}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      onConfirm={onBlock}
      onClose={onClose}
    />
  );
}
