import { type FormEvent, useState } from "react";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import { isOneEmoji } from "../view-model/emoji.ts";
import type { MessageActions } from "../view-model/message-actions.ts";
import styles from "./message-menu.module.css";

/** One press away; any other can be typed. */
const quickEmojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export interface MessageMenuProps {
  readonly actions: MessageActions;
  readonly anchor: MenuAnchor;
  readonly texts: Texts;
  readonly onReact: (emoji: string, set: boolean) => void;
  readonly onEdit: () => void;
  readonly onCopy: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

export function MessageMenu({ actions, anchor, texts, onReact, onEdit, onCopy, onDelete, onClose }: MessageMenuProps) {
  const words = texts.conversation;
  const react = (emoji: string) => {
    onReact(emoji, !actions.reacted.includes(emoji));
    onClose();
  };
  return (
    <Menu
      label={words.actions}
      anchor={anchor}
      onClose={onClose}
      before={actions.canReact && <ReactionPicker reacted={actions.reacted} texts={texts} onChoose={react} />}
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
      {actions.canDelete && (
        <MenuItem icon="delete" danger onChoose={onDelete}>
          {words.deleteForEveryone}
        </MenuItem>
      )}
    </Menu>
  );
}

interface ReactionPickerProps {
  readonly reacted: readonly string[];
  readonly texts: Texts;
  readonly onChoose: (emoji: string) => void;
}

function ReactionPicker({ reacted, texts, onChoose }: ReactionPickerProps) {
  const words = texts.conversation;
  const [typed, setTyped] = useState("");
  const wrong = typed.trim() !== "" && !isOneEmoji(typed.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isOneEmoji(typed.trim())) onChoose(typed.trim());
  };
  return (
    <div className={styles["picker"]}>
      <fieldset className={styles["quick"]} aria-label={words.react}>
        {quickEmojis.map((emoji) => (
          <button
            key={emoji}
            type="button"
            className={styles["emoji"]}
            aria-pressed={reacted.includes(emoji)}
            aria-label={reacted.includes(emoji) ? words.unreact(emoji) : words.reactWith(emoji)}
            onClick={() => onChoose(emoji)}
          >
            {emoji}
          </button>
        ))}
      </fieldset>
      <form className={styles["other"]} onSubmit={submit}>
        <input
          className={styles["input"]}
          aria-label={words.otherEmoji}
          placeholder={words.otherEmoji}
          aria-invalid={wrong || undefined}
          title={wrong ? words.notEmoji : undefined}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" className={styles["add"]} disabled={!isOneEmoji(typed.trim())}>
          {words.otherEmojiSet}
        </button>
      </form>
    </div>
  );
}
