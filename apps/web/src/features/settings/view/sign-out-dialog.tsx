import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import type { Texts } from "../../../texts/en.ts";

export interface SignOutDialogProps {
  /** Commands that would be lost. */
  readonly pending: number;
  readonly texts: Texts;
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}

export function SignOutDialog({ pending, texts, onSignOut, onClose }: SignOutDialogProps) {
  const words = texts.settings;
  return (
    <ConfirmDialog
      title={words.signOutTitle}
      text={pending > 0 ? words.signOutPending(pending) : words.signOutText}
      confirmLabel={pending > 0 ? words.signOutAnyway : words.signOut}
      cancelLabel={texts.common.cancel}
      closeLabel={texts.common.close}
      danger={pending > 0}
      onConfirm={onSignOut}
      onClose={onClose}
    />
  );
}
