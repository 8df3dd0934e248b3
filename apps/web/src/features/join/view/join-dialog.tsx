import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { JoinSnapshot, JoinViewModel } from "../view-model/join-view-model.ts";
import styles from "./join-dialog.module.css";

export interface JoinDialogProps {
  readonly model: JoinViewModel;
  readonly texts: Texts;
}

/** What a link leads to, and the way in. */
export function JoinDialog({ model, texts }: JoinDialogProps) {
  const snapshot = useObservable(model);
  const words = texts.join;
  return (
    <Dialog
      forReading
      size="small"
      title={words.title}
      closeLabel={texts.common.close}
      onClose={model.close}
      actions={
        <>
          <Button onClick={model.close}>{texts.common.close}</Button>
          {snapshot.kind === "offline" && (
            <Button look="primary" onClick={() => void model.join()}>
              {words.join}
            </Button>
          )}
          {(snapshot.kind === "open" || snapshot.kind === "joining") && (
            <Button look="primary" busy={snapshot.kind === "joining"} onClick={() => void model.join()}>
              {snapshot.kind === "joining"
                ? snapshot.asks
                  ? words.asking
                  : words.joining
                : snapshot.asks
                  ? words.ask
                  : words.join}
            </Button>
          )}
          {snapshot.kind === "waiting" && <Button onClick={() => void model.takeBack()}>{words.takeBack}</Button>}
          {snapshot.kind === "member" && (
            <Button look="primary" onClick={model.open}>
              {words.open}
            </Button>
          )}
        </>
      }
    >
      <div className={styles["body"]}>
        <Found snapshot={snapshot} />
      </div>
    </Dialog>
  );
}

function Found({ snapshot }: { readonly snapshot: JoinSnapshot }) {
  if (!("title" in snapshot)) return <p role="status">{snapshot.text}</p>;
  const { title, members, text } = snapshot;
  return (
    <div className={styles["group"]}>
      <Avatar name={title} seed={title} of="group" />
      <h3 className={styles["title"]} dir="auto">
        {title}
      </h3>
      <p className={styles["members"]}>{members}</p>
      <p role="status">{text}</p>
    </div>
  );
}
