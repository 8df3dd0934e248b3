import type { OpenedDialog } from "./opened-dialog.ts";
import type { SessionDialogs } from "./session-dialogs.ts";

/** A dialog that somebody wants: what makes and draws it is fetched late. */
export interface DialogRequest {
  /** Undefined where there is nothing to open any more. */
  open(dialogs: SessionDialogs): OpenedDialog | undefined;
}

export const shortcutsRequest: DialogRequest = { open: () => ({ kind: "shortcuts" }) };

/** The same object each time: they stay open where a session takes the place of another. */
export const settingsRequest: DialogRequest = {
  open: (dialogs) => ({ kind: "settings", model: dialogs.settings() }),
};
