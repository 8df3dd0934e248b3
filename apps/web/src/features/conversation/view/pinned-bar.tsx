import { useState } from "react";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { PinnedMessage } from "../view-model/pinned-messages.ts";
import styles from "./pinned-bar.module.css";
import { PinnedDialog } from "./pinned-dialog.tsx";

export interface PinnedBarProps {
  readonly model: ConversationViewModel;
  /** The one pinned last first; not empty. */
  readonly pinned: readonly PinnedMessage[];
  readonly writable: boolean;
  readonly texts: Texts;
}

/** One of the pinned messages, and the way to the others. It lies over the messages, so that none of them moves when it comes. */
export function PinnedBar({ model, pinned, writable, texts }: PinnedBarProps) {
  const [chosen, setChosen] = useState<string>();
  const [listed, setListed] = useState(false);
  const place = Math.max(
    0,
    pinned.findIndex(({ id }) => id === chosen),
  );
  const shown = pinned[place];
  const words = texts.pinned;
  if (shown === undefined) return null;
  const step = (by: number) => {
    const next = (place + by + pinned.length) % pinned.length;
    const message = pinned[next];
    if (message === undefined) return;
    setChosen(message.id);
    model.announce(`${words.place(next + 1, pinned.length)}. ${spoken(message, texts)}`);
  };
  const go = (message: PinnedMessage) => void model.going.showMessage(message.id, message.ordinal);
  return (
    <section className={styles["bar"]} aria-label={words.label}>
      <button type="button" className={styles["message"]} disabled={!shown.here} onClick={() => go(shown)}>
        <span className={styles["place"]}>{words.place(place + 1, pinned.length)}</span>
        <span className={styles["text"]} dir="auto">
          {spoken(shown, texts)}
        </span>
      </button>
      {pinned.length > 1 && (
        <>
          <IconButton icon="up" label={words.previous} onClick={() => step(1)} />
          <IconButton icon="down" label={words.next} onClick={() => step(-1)} />
        </>
      )}
      <IconButton icon="list" label={words.all} aria-haspopup="dialog" onClick={() => setListed(true)} />
      {listed && (
        <PinnedDialog
          pinned={pinned}
          texts={texts}
          onGo={(message) => {
            setListed(false);
            setChosen(message.id);
            go(message);
          }}
          onUnpin={writable ? ({ id }) => model.messages.pin(id, false) : undefined}
          onClose={() => setListed(false)}
        />
      )}
    </section>
  );
}

function spoken({ author, text, here }: PinnedMessage, texts: Texts): string {
  return here ? texts.pinned.line(author, text) : text;
}
