import { useLayoutEffect, useState } from "react";
import { SignInAgainDialog } from "../features/accounts/view/sign-in-again-dialog.tsx";
import { EditHistoryDialog } from "../features/edit-history/view/edit-history-dialog.tsx";
import { ForwardDialog } from "../features/forward/view/forward-dialog.tsx";
import { GroupInfoDialog } from "../features/group-info/view/group-info-dialog.tsx";
import { JoinDialog } from "../features/join/view/join-dialog.tsx";
import { MentionsDialog } from "../features/mentions/view/mentions-dialog.tsx";
import { MessageInfoDialog } from "../features/message-info/view/message-info-dialog.tsx";
import { NewConversationDialog } from "../features/new-conversation/view/new-conversation-dialog.tsx";
import { OutboxDialog } from "../features/outbox/view/outbox-dialog.tsx";
import { RemindersDialog } from "../features/reminders/view/reminders-dialog.tsx";
import { ReportDialog } from "../features/report/view/report-dialog.tsx";
import { ReportsDialog } from "../features/reports/view/reports-dialog.tsx";
import { SavedDialog } from "../features/saved/view/saved-dialog.tsx";
import { PickTimeDialog } from "../features/scheduled/view/pick-time-dialog.tsx";
import { ScheduledDialog } from "../features/scheduled/view/scheduled-dialog.tsx";
import { SettingsDialog } from "../features/settings/view/settings-dialog.tsx";
import { ShortcutsDialog } from "../features/shortcuts/view/shortcuts-dialog.tsx";
import { SwitcherDialog } from "../features/switcher/view/switcher-dialog.tsx";
import { ThreadsDialog } from "../features/threads/view/threads-dialog.tsx";
import { WhoReactedDialog } from "../features/who-reacted/view/who-reacted-dialog.tsx";
import type { Texts } from "../texts/en.ts";
import type { DialogRequest } from "./dialog-request.ts";
import type { OpenedDialog } from "./opened-dialog.ts";
import type { Session } from "./session.ts";
import { SessionDialogs } from "./session-dialogs.ts";

export interface SessionDialogProps {
  readonly request: DialogRequest;
  readonly session: Session;
  readonly texts: Texts;
  readonly onReports: () => void;
  readonly onClose: () => void;
}

/** Makes what was asked for, and again where the session has become another one, such as in another language. */
export function SessionDialog({ request, session, texts, onReports, onClose }: SessionDialogProps) {
  const [dialog, setDialog] = useState<OpenedDialog>();
  useLayoutEffect(() => {
    const opened = request.open(new SessionDialogs(session.dialogsParts));
    setDialog(opened);
    if (opened === undefined) onClose();
    // Whatever takes it away: another dialog, or the end of the session.
    return () => opened?.model?.dispose();
  }, [request, session, onClose]);
  return dialog && <Opened dialog={dialog} session={session} texts={texts} onReports={onReports} onClose={onClose} />;
}

interface OpenedProps extends Omit<SessionDialogProps, "request"> {
  readonly dialog: OpenedDialog;
}

function Opened({ dialog, session, texts, onReports, onClose }: OpenedProps) {
  switch (dialog.kind) {
    case "new-conversation":
      return <NewConversationDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "switcher":
      return <SwitcherDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsDialog texts={texts} onClose={onClose} />;
    case "settings":
      return <SettingsDialog model={dialog.model} texts={texts} onReports={onReports} onClose={onClose} />;
    case "reports":
      return <ReportsDialog model={dialog.model} texts={texts} onClose={onClose} />;
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
    case "reminders":
      return <RemindersDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "edit-history":
      return <EditHistoryDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "who-reacted":
      return <WhoReactedDialog model={dialog.model} texts={texts} onClose={onClose} />;
    case "report":
      return <ReportDialog model={dialog.model} texts={texts} onClose={onClose} />;
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
