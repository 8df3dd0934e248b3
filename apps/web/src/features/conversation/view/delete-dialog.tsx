import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import type { Texts } from "../../../texts/en.ts";

export interface DeleteDialogProps {
  readonly texts: Texts;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

export function DeleteDialog({ texts, onDelete, onClose }: DeleteDialogProps) {
  const words = texts.conversation;
  return (
    <Dialog
      size="small"
      title={words.deleteTitle}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            look="danger"
            onClick={() => {
              onDelete();
              onClose();
            }}
          >
            {words.delete}
          </Button>
        </>
      }
    >
      <p>{words.deleteText}</p>
    </Dialog>
  );
}
