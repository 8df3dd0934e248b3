import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { MessageActions } from "../view-model/message-actions.ts";
import styles from "./message-menu.module.css";
import type { MessageMenuItem } from "./message-menu-items.ts";
import { QuickReactions } from "./quick-reactions.tsx";

export interface MessageMenuProps {
  readonly actions: MessageActions;
  readonly items: readonly MessageMenuItem[];
  readonly anchor: MenuAnchor;
  readonly texts: Texts;
  readonly onReact: (emoji: string, set: boolean) => void;
  /** An emoji is to be chosen from all of them. */
  readonly onReactOther: () => void;
  readonly onClose: () => void;
}

export function MessageMenu({ actions, items, anchor, texts, onReact, onReactOther, onClose }: MessageMenuProps) {
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
      label={texts.conversation.actions}
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
      {items.map(({ icon, label, danger, choose }) => (
        <MenuItem key={label} icon={icon} danger={danger === true} onChoose={choose}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
