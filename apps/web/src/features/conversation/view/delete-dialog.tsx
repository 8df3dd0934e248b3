import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import type { Texts } from "../../../texts/en.ts";

export interface DeleteDialogProps {
  readonly texts: Texts;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

export function DeleteDialog({ texts, onDelete, onClose }: DeleteDialogProps) {
  const words = texts.conversation;
  return (
    <ConfirmDialog
      danger
      title={words.deleteTitle}
      text={words.deleteText}
      confirmLabel={words.delete}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      onConfirm={onDelete}
      onClose={onClose}
    />
  );
}
