import { useLayoutEffect, useState } from "react";
import { SignInAgainDialog } from "../features/accounts/view/sign-in-again-dialog.tsx";
import type { AccountViewModel } from "../features/accounts/view-model/account-view-model.ts";
import { EditHistoryDialog } from "../features/edit-history/view/edit-history-dialog.tsx";
import type { EditHistoryViewModel } from "../features/edit-history/view-model/edit-history-view-model.ts";
import { ForwardDialog } from "../features/forward/view/forward-dialog.tsx";
import type { ForwardViewModel } from "../features/forward/view-model/forward-view-model.ts";
import { GroupInfoDialog } from "../features/group-info/view/group-info-dialog.tsx";
import type { GroupInfoViewModel } from "../features/group-info/view-model/group-info-view-model.ts";
import { JoinDialog } from "../features/join/view/join-dialog.tsx";
import type { JoinViewModel } from "../features/join/view-model/join-view-model.ts";
import { MentionsDialog } from "../features/mentions/view/mentions-dialog.tsx";
import type { MentionsViewModel } from "../features/mentions/view-model/mentions-view-model.ts";
import { MessageInfoDialog } from "../features/message-info/view/message-info-dialog.tsx";
import type { MessageInfoViewModel } from "../features/message-info/view-model/message-info-view-model.ts";
import { NewConversationDialog } from "../features/new-conversation/view/new-conversation-dialog.tsx";
import type { NewConversationViewModel } from "../features/new-conversation/view-model/new-conversation-view-model.ts";
import { OutboxDialog } from "../features/outbox/view/outbox-dialog.tsx";
import type { OutboxViewModel } from "../features/outbox/view-model/outbox-view-model.ts";
import { SavedDialog } from "../features/saved/view/saved-dialog.tsx";
import type { SavedViewModel } from "../features/saved/view-model/saved-view-model.ts";
import { PickTimeDialog } from "../features/scheduled/view/pick-time-dialog.tsx";
import { ScheduledDialog } from "../features/scheduled/view/scheduled-dialog.tsx";
import type { PickTimeViewModel } from "../features/scheduled/view-model/pick-time-view-model.ts";
import type { ScheduledViewModel } from "../features/scheduled/view-model/scheduled-view-model.ts";
import { SettingsDialog } from "../features/settings/view/settings-dialog.tsx";
import type { SettingsViewModel } from "../features/settings/view-model/settings-view-model.ts";
import { ShortcutsDialog } from "../features/shortcuts/view/shortcuts-dialog.tsx";
import { SwitcherDialog } from "../features/switcher/view/switcher-dialog.tsx";
import type { SwitcherViewModel } from "../features/switcher/view-model/switcher-view-model.ts";
import { ThreadsDialog } from "../features/threads/view/threads-dialog.tsx";
import type { ThreadsViewModel } from "../features/threads/view-model/threads-view-model.ts";
import { WhoReactedDialog } from "../features/who-reacted/view/who-reacted-dialog.tsx";
import type { WhoReactedViewModel } from "../features/who-reacted/view-model/who-reacted-view-model.ts";
import type { Texts } from "../texts/en.ts";
import type { DialogRequest } from "./dialog-request.ts";
import type { Session } from "./session.ts";
import { SessionDialogs } from "./session-dialogs.ts";

/** The one dialog that is open, with its view model. */
export type OpenedDialog =
  | { readonly kind: "new-conversation"; readonly model: NewConversationViewModel }
  | { readonly kind: "switcher"; readonly model: SwitcherViewModel }
  | { readonly kind: "shortcuts"; readonly model?: undefined }
  | { readonly kind: "settings"; readonly model: SettingsViewModel }
  | { readonly kind: "group-info"; readonly model: GroupInfoViewModel }
  | { readonly kind: "join"; readonly model: JoinViewModel }
  | { readonly kind: "message-info"; readonly model: MessageInfoViewModel }
  | { readonly kind: "mentions"; readonly model: MentionsViewModel }
  | { readonly kind: "saved"; readonly model: SavedViewModel }
  | { readonly kind: "threads"; readonly model: ThreadsViewModel }
  | { readonly kind: "pick-time"; readonly model: PickTimeViewModel }
  | { readonly kind: "scheduled"; readonly model: ScheduledViewModel }
  | { readonly kind: "edit-history"; readonly model: EditHistoryViewModel }
  | { readonly kind: "who-reacted"; readonly model: WhoReactedViewModel }
  | { readonly kind: "forward"; readonly model: ForwardViewModel }
  | { readonly kind: "outbox"; readonly model: OutboxViewModel }
  | { readonly kind: "sign-in"; readonly model: AccountViewModel };

export interface SessionDialogProps {
  readonly request: DialogRequest;
  readonly session: Session;
  readonly texts: Texts;
  readonly onClose: () => void;
}

/** Makes what was asked for, and again where the session has become another one, such as in another language. */
export function SessionDialog({ request, session, texts, onClose }: SessionDialogProps) {
  const [dialog, setDialog] = useState<OpenedDialog>();
  useLayoutEffect(() => {
    const opened = request.open(new SessionDialogs(session.dialogsParts));
    setDialog(opened);
    if (opened === undefined) onClose();
    // Whatever takes it away: another dialog, or the end of the session.
    return () => opened?.model?.dispose();
  }, [request, session, onClose]);
  return dialog && <Opened dialog={dialog} session={session} texts={texts} onClose={onClose} />;
}

interface OpenedProps extends Omit<SessionDialogProps, "request"> {
  readonly dialog: OpenedDialog;
}

function Opened({ dialog, session, texts, onClose }: OpenedProps) {
  switch (dialog.kind) {
    case "new-conversation":
      return <NewConversationDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "switcher":
      return <SwitcherDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsDialog texts={texts} onClose={onClose} />;
    case "settings":
      return <SettingsDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "group-info":
      return (
        <GroupInfoDialog
          model={dialog.model}
          texts={texts}
          onMessage={(account) => {
            onClose();
            void session.startDirect(account);
          }}
          onClose={onClose}
        />
      );
    case "join":
      return <JoinDialog model={dialog.model} texts={texts} />;
    case "message-info":
      return <MessageInfoDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "mentions":
      return <MentionsDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "saved":
      return <SavedDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "threads":
      return <ThreadsDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "pick-time":
      return <PickTimeDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "scheduled":
      return <ScheduledDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "edit-history":
      return <EditHistoryDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "who-reacted":
      return <WhoReactedDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "forward":
      return <ForwardDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "outbox":
      return <OutboxDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "sign-in":
      return (
        <SignInAgainDialog
          model={dialog.model}
          texts={texts}
          pending={session.connection.get().pending}
          onClose={onClose}
        />
      );
  }
}
