import { Avatar } from "../../../design/primitives/avatar.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { ariaKeys } from "../../../shortcuts/chord-names.ts";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationHeader } from "../view-model/conversation-header.ts";
import styles from "./conversation-pane.module.css";

export interface ConversationTopProps {
  readonly header: ConversationHeader;
  readonly texts: Texts;
  readonly onBack: () => void;
  readonly onInfo: () => void;
  readonly onSearch: () => void;
}

/** Who this is with, above the messages. */
export function ConversationTop({ header, texts, onBack, onInfo, onSearch }: ConversationTopProps) {
  const { title, subtitle, seed, kind, online } = header;
  return (
    <header className={styles["top"]}>
      <span className={styles["back"]}>
        <IconButton icon="back" label={texts.conversation.back} onClick={onBack} />
      </span>
      <Avatar name={title} seed={seed} group={kind === "group"} online={online} />
      <div className={styles["names"]}>
        <h1 className={styles["title"]} dir="auto">
          {title}
        </h1>
        {subtitle !== "" && <p className={styles["subtitle"]}>{subtitle}</p>}
      </div>
      <IconButton icon="search" label={texts.search.open} aria-keyshortcuts={ariaKeys("find")} onClick={onSearch} />
      {kind === "group" && <IconButton icon="info" label={texts.conversation.info} onClick={onInfo} />}
    </header>
  );
}
