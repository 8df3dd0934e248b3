import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { MessageActions } from "../view-model/message-actions.ts";
import styles from "./message-menu.module.css";
import { QuickReactions } from "./quick-reactions.tsx";

export interface MessageMenuProps {
  readonly actions: MessageActions;
  readonly anchor: MenuAnchor;
  readonly texts: Texts;
  readonly onReact: (emoji: string, set: boolean) => void;
  /** An emoji is to be chosen from all of them. */
  readonly onReactOther: () => void;
  readonly onInfo: () => void;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

export function MessageMenu(props: MessageMenuProps) {
  const { actions, anchor, texts, onReact, onReactOther, onInfo, onEdit, onCopy, onDelete, onClose } = props;
  const words = texts.conversation;
  const react = (emoji: string) => {
    onReact(emoji, !actions.reacted.includes(emoji));
    onClose();
  };
  const other = () => {
    onReactOther();
    onClose();
  };
  return (
    <Menu
      label={words.actions}
      anchor={anchor}
      onClose={onClose}
      before={
        <>
          {actions.canReact && (
            <QuickReactions reacted={actions.reacted} texts={texts} onChoose={react} onOther={other} />
          )}
          <p className={styles["when"]}>{actions.fullTime}</p>
        </>
      }
    >
      {actions.canEdit && (
        <MenuItem icon="edit" onChoose={onEdit}>
          {words.edit}
        </MenuItem>
      )}
      {actions.text !== undefined && (
        <MenuItem icon="copy" onChoose={onCopy}>
          {words.copy}
        </MenuItem>
      )}
      {actions.hasInfo && (
        <MenuItem icon="info" onChoose={onInfo}>
          {texts.messageInfo.open}
        </MenuItem>
      )}
      {actions.canDelete && (
        <MenuItem icon="delete" danger onChoose={onDelete}>
          {words.deleteForEveryone}
        </MenuItem>
      )}
    </Menu>
  );
}
