import { Dialog } from "../../../design/primitives/dialog.tsx";
import { useObservable } from "../../../observable/use-observable.ts";
import type { Texts } from "../../../texts/en.ts";
import type { AccountViewModel } from "../view-model/account-view-model.ts";
import { AccountFields } from "./account-fields.tsx";

export interface SignInAgainDialogProps {
  readonly model: AccountViewModel;
  readonly texts: Texts;
  /** How many commands wait for it. */
  readonly pending: number;
  readonly onClose: () => void;
}

/** The session ended, the local store stays: sign in over what is on the screen. */
export function SignInAgainDialog({ model, texts, pending, onClose }: SignInAgainDialogProps) {
  const snapshot = useObservable(model);
  return (
    <Dialog title={texts.accounts.againTitle} closeLabel={texts.common.close} onClose={onClose} size="small">
      <p>{texts.accounts.againText(pending)}</p>
      <AccountFields model={model} snapshot={snapshot} texts={texts} />
    </Dialog>
  );
}
