import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import styles from "./message-menu.module.css";

/** Somebody whose name in a message was pressed. */
export interface PressedPerson {
  readonly account: string;
  readonly name: string;
  readonly userName: string;
  readonly anchor: MenuAnchor;
}

export interface MentionMenuProps {
  readonly person: PressedPerson;
  readonly texts: Texts;
  readonly onMessage: (account: string) => void;
  readonly onClose: () => void;
}

/** Who it is, and how to write to them alone. */
export function MentionMenu({ person, texts, onMessage, onClose }: MentionMenuProps) {
  const { account, name, userName, anchor } = person;
  const words = texts.conversation;
  return (
    <Menu
      label={words.person(name)}
      anchor={anchor}
      onClose={onClose}
      before={<p className={styles["when"]}>{userName}</p>}
    >
      <MenuItem icon="compose" onChoose={() => onMessage(account)}>
        {words.personMessage(name)}
      </MenuItem>
    </Menu>
  );
}
