import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { PinnedMessage } from "../view-model/pinned-messages.ts";
import styles from "./pinned-dialog.module.css";

export interface PinnedDialogProps {
  readonly pinned: readonly PinnedMessage[];
  readonly texts: Texts;
  readonly onGo: (message: PinnedMessage) => void;
  /** Undefined where one may not. */
  readonly onUnpin: ((message: PinnedMessage) => void) | undefined;
  readonly onClose: () => void;
}

/** All pinned messages of a conversation. */
export function PinnedDialog({ pinned, texts, onGo, onUnpin, onClose }: PinnedDialogProps) {
  const words = texts.pinned;
  return (
    <Dialog title={words.label} closeLabel={texts.common.close} onClose={onClose}>
      <ul className={styles["list"]}>
        {pinned.map((message) => (
          <Line key={message.id} message={message} texts={texts} onGo={onGo} onUnpin={onUnpin} />
        ))}
      </ul>
    </Dialog>
  );
}

interface LineProps extends Pick<PinnedDialogProps, "texts" | "onGo" | "onUnpin"> {
  readonly message: PinnedMessage;
}

function Line({ message, texts, onGo, onUnpin }: LineProps) {
  const { author, time, fullTime, text, here } = message;
  return (
    <li className={styles["line"]}>
      {here && (
        <p className={styles["who"]}>
          <span className={styles["author"]} dir="auto">
            {author}
          </span>
          <time className={styles["time"]} title={fullTime}>
            {time}
          </time>
        </p>
      )}
      <p className={styles["text"]} dir="auto">
        {text}
      </p>
      {onUnpin !== undefined && (
        <span className={styles["unpin"]}>
          <IconButton small icon="close" label={texts.pinned.unpin} onClick={() => onUnpin(message)} />
        </span>
      )}
      {here && (
        <Button look="quiet" icon="open" onClick={() => onGo(message)}>
          {texts.pinned.go}
        </Button>
      )}
    </li>
  );
}
