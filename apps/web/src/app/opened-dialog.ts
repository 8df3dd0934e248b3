import type { AccountViewModel } from "../features/accounts/view-model/account-view-model.ts";
import type { EditHistoryViewModel } from "../features/edit-history/view-model/edit-history-view-model.ts";
import type { ForwardViewModel } from "../features/forward/view-model/forward-view-model.ts";
import type { GroupInfoViewModel } from "../features/group-info/view-model/group-info-view-model.ts";
import type { JoinViewModel } from "../features/join/view-model/join-view-model.ts";
import type { MentionsViewModel } from "../features/mentions/view-model/mentions-view-model.ts";
import type { MessageInfoViewModel } from "../features/message-info/view-model/message-info-view-model.ts";
import type { NewConversationViewModel } from "../features/new-conversation/view-model/new-conversation-view-model.ts";
import type { OutboxViewModel } from "../features/outbox/view-model/outbox-view-model.ts";
import type { RemindersViewModel } from "../features/reminders/view-model/reminders-view-model.ts";
import type { ReportViewModel } from "../features/report/view-model/report-view-model.ts";
import type { ReportsViewModel } from "../features/reports/view-model/reports-view-model.ts";
import type { SavedViewModel } from "../features/saved/view-model/saved-view-model.ts";
import type { PickTimeViewModel } from "../features/scheduled/view-model/pick-time-view-model.ts";
import type { ScheduledViewModel } from "../features/scheduled/view-model/scheduled-view-model.ts";
import type { SettingsViewModel } from "../features/settings/view-model/settings-view-model.ts";
import type { SwitcherViewModel } from "../features/switcher/view-model/switcher-view-model.ts";
import type { ThreadsViewModel } from "../features/threads/view-model/threads-view-model.ts";
import type { WhoReactedViewModel } from "../features/who-reacted/view-model/who-reacted-view-model.ts";

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
  | { readonly kind: "reminders"; readonly model: RemindersViewModel }
  | { readonly kind: "edit-history"; readonly model: EditHistoryViewModel }
  | { readonly kind: "who-reacted"; readonly model: WhoReactedViewModel }
  | { readonly kind: "reports"; readonly model: ReportsViewModel }
  | { readonly kind: "report"; readonly model: ReportViewModel }
  | { readonly kind: "forward"; readonly model: ForwardViewModel }
  | { readonly kind: "outbox"; readonly model: OutboxViewModel }
  | { readonly kind: "sign-in"; readonly model: AccountViewModel };
