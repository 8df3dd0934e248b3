import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
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
    <Dialog
      size="small"
      title={words.signOutTitle}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button
            look={pending > 0 ? "danger" : "primary"}
            onClick={() => {
              onSignOut();
              onClose();
            }}
          >
            {pending > 0 ? words.signOutAnyway : words.signOut}
          </Button>
        </>
      }
    >
      <p>{pending > 0 ? words.signOutPending(pending) : words.signOutText}</p>
    </Dialog>
  );
}
