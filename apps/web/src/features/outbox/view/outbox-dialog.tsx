import { useRef, useState } from "react";
import { Button } from "../../../design/primitives/button.tsx";
import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { OutboxLine, OutboxViewModel } from "../view-model/outbox-view-model.ts";
import styles from "./outbox-dialog.module.css";
import { OutboxGroupSection } from "./outbox-group-section.tsx";

export interface OutboxDialogProps {
  readonly model: OutboxViewModel;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Everything that waits to be sent, and everything that the server did not accept. */
export function OutboxDialog({ model, texts, onClose }: OutboxDialogProps) {
  const { summary, groups, canTryNow } = useObservable(model);
  const [question, setQuestion] = useState<OutboxLine>();
  const words = texts.outbox;
  const top = useRef<HTMLParagraphElement>(null);
  // The line that has the focus goes away: what is left is read.
  const act = async (action: Promise<void>) => {
    await action;
    top.current?.focus();
  };
  const discard = (line: OutboxLine) => {
    if (line.warning === undefined) void act(model.discard([line.id]));
    else setQuestion(line);
  };
  return (
    <Dialog title={words.title} closeLabel={texts.common.close} onClose={onClose}>
      <div className={styles["top"]}>
        <p ref={top} tabIndex={-1} className={styles["summary"]}>
          {summary}
        </p>
        {canTryNow && <Button onClick={model.tryNow}>{words.tryNow}</Button>}
      </div>
      {groups.map((group) => (
        <OutboxGroupSection
          key={group.id}
          group={group}
          texts={texts}
          onRetry={(ids) => void act(model.retry(ids))}
          onDiscard={discard}
          onDiscardAll={(ids) => void act(model.discard(ids))}
        />
      ))}
      {question !== undefined && (
        <ConfirmDialog
          danger
          title={words.discardTitle}
          text={question.warning ?? ""}
          confirmLabel={words.discard}
          cancelLabel={words.keep}
          closeLabel={texts.common.close}
          onConfirm={() => void act(model.discard([question.id]))}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </Dialog>
  );
}
