import { Button } from "../../../design/primitives/button.tsx";
import { Dialog } from "../../../design/primitives/dialog.tsx";
import type { Texts } from "../../../texts/en.ts";

export interface DeleteDialogProps {
  readonly title: string;
  /** What will happen, by whom it may be deleted for. */
  readonly explanations: Readonly<Record<"me" | "everyone" | "both", string>>;
  readonly texts: Texts;
  /** It may be deleted for oneself. */
  readonly forMe: boolean;
  readonly forEveryone: boolean;
  readonly onDelete: (whose: "me" | "everyone") => void;
  readonly onClose: () => void;
}

/** Asks for whom messages are to be deleted. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { title, explanations, texts, forMe, forEveryone, onDelete, onClose } = props;
  const words = texts.conversation;
  const choose = (whose: "me" | "everyone") => () => {
    onDelete(whose);
    onClose();
  };
  return (
    <Dialog
      forReading
      size="small"
      title={title}
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
      <p>{explanations[forMe && forEveryone ? "both" : forMe ? "me" : "everyone"]}</p>
    </Dialog>
  );
}
