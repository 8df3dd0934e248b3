import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from "react";

type Dialogs = readonly HTMLDialogElement[];

const TopDialog = createContext<HTMLDialogElement | undefined>(undefined);
const ChangeDialogs = createContext<((change: (open: Dialogs) => Dialogs) => void) | undefined>(undefined);

/** Knows which modal dialogs are open in here, and which of them is the topmost. */
export function DialogStack({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState<Dialogs>([]);
  return (
    <ChangeDialogs value={setOpen}>
      <TopDialog value={open.at(-1)}>{children}</TopDialog>
    </ChangeDialogs>
  );
}

/** The topmost modal dialog: everything outside it can be neither reached nor heard. */
export function useTopDialog(): HTMLDialogElement | undefined {
  return useContext(TopDialog);
}

/** Puts a dialog on the stack for as long as the caller is drawn. */
export function useOnDialogStack(dialog: { readonly current: HTMLDialogElement | null }): void {
  const change = useContext(ChangeDialogs);
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null || change === undefined) return;
    change((open) => [...open, element]);
    return () => change((open) => open.filter((other) => other !== element));
  }, [dialog, change]);
}
