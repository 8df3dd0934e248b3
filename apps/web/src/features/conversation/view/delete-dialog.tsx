import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import type { Texts } from "../../../texts/en.ts";

export interface DeleteDialogProps {
  readonly texts: Texts;
  /** It may be deleted for oneself. */
  readonly forMe: boolean;
  readonly forEveryone: boolean;
  readonly onDelete: (whose: "me" | "everyone") => void;
  readonly onClose: () => void;
}

/** Asks for whom a message is to be deleted. */
export function DeleteDialog({ texts, forMe, forEveryone, onDelete, onClose }: DeleteDialogProps) {
  const words = texts.conversation;
  const choose = (whose: "me" | "everyone") => () => {
    onDelete(whose);
    onClose();
  };
  return (
    <Dialog
      size="small"
      title={words.deleteTitle}
      closeLabel={texts.common.close}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          {forMe && (
            <Button look={forEveryone ? "secondary" : "danger"} onClick={choose("me")}>
              {words.deleteForMe}
            </Button>
          )}
          {forEveryone && (
            <Button look="danger" onClick={choose("everyone")}>
              {words.deleteForEveryone}
            </Button>
          )}
        </>
      }
    >
      <p>{words.deleteText[forMe && forEveryone ? "both" : forMe ? "me" : "everyone"]}</p>
    </Dialog>
  );
}
