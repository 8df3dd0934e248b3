import { type KeyboardEvent, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import { isPressed } from "../../../shortcuts/pressed-chord.ts";
import { useShortcuts } from "../../../shortcuts/use-shortcuts.ts";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { RootMessage } from "../view-model/root-message.ts";
import paneStyles from "./conversation-pane.module.css";
import { ConversationPane, type ConversationPaneProps } from "./conversation-pane.tsx";
import { QuoteLines } from "./quote.tsx";
import styles from "./thread-pane.module.css";

type Shared =
  | "model"
  | "texts"
  | "deeds"
  | "onMessageInfo"
  | "onReactions"
  | "onVersions"
  | "onReport"
  | "onForward"
  | "onRemind"
  | "onOutbox"
  | "onMessage";

export interface ThreadPaneProps extends Pick<ConversationPaneProps, Shared> {
  readonly root: RootMessage;
  /** Goes to the message that it answers. */
  readonly onRoot: () => void;
  readonly onClose: () => void;
}

/** A thread beside its conversation, or over it on a phone. */
export function ThreadPane({ root, onRoot, onClose, ...pane }: ThreadPaneProps) {
  const { model, texts } = pane;
  const [before] = useState(() => document.activeElement);
  const close = () => {
    onClose();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    return true;
  };
  useShortcuts({ close });
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isPressed(event, "close") || event.defaultPrevented || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape ends it from wherever in it the focus is
    <div className={paneStyles["beside"]} data-beside onKeyDown={onKeyDown}>
      <ConversationPane
        {...pane}
        onBack={close}
        onInfo={() => undefined}
        onSearch={() => undefined}
        onThread={() => undefined}
        aside={null}
        top={{
          label: texts.threads.title,
          belowComposer: <AlsoSend model={model} texts={texts} />,
          content: <ThreadTop model={model} root={root} texts={texts} onRoot={onRoot} onClose={close} />,
        }}
      />
    </div>
  );
}

/** What is written here is for the conversation, too. */
function AlsoSend({ model, texts }: Pick<ThreadPaneProps, "model" | "texts">) {
  const { alsoSends, writable } = useObservable(model);
  if (!writable) return null;
  return (
    <label className={styles["also"]}>
      <input
        type="checkbox"
        checked={alsoSends}
        onChange={({ currentTarget }) => model.setAlsoSends(currentTarget.checked)}
      />
      {texts.threads.alsoSend}
    </label>
  );
}

interface ThreadTopProps extends Pick<ThreadPaneProps, "root" | "texts" | "onRoot" | "onClose"> {
  readonly model: ConversationViewModel;
}

/** What it answers, and whether one is told of what is written there. */
function ThreadTop({ model, root, texts, onRoot, onClose }: ThreadTopProps) {
  const { following, writable } = useObservable(model);
  const quote = useObservable(root);
  const words = texts.threads;
  return (
    <header className={styles["top"]}>
      <div className={styles["bar"]}>
        <h2 className={styles["title"]}>{words.title}</h2>
        {writable && (
          <Button look="quiet" onClick={() => model.follow(!following)}>
            {following ? words.unfollow : words.follow}
          </Button>
        )}
        <IconButton icon="close" label={words.close} onClick={onClose} />
      </div>
      <button
        type="button"
        className={styles["root"]}
        aria-label={quote.label}
        disabled={!quote.reachable}
        onClick={onRoot}
      >
        <QuoteLines quote={quote} />
      </button>
    </header>
  );
}
