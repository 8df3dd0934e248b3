import type { IconName } from "../../../design/primitives/icon.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { MessageActions } from "../view-model/message-actions.ts";

/** What a menu of a message can do. */
export interface MessageDeeds {
  reply(): void;
  openThread(): void;
  goToAnswered(): void;
  forward(): void;
  select(): void;
  edit(): void;
  copy(): void;
  save(saved: boolean): void;
  remind(): void;
  clearReminder(): void;
  pin(pinned: boolean): void;
  showInfo(): void;
  showReactions(): void;
  showVersions(): void;
  report(): void;
  askToDelete(): void;
}

export interface MessageMenuItem {
  readonly icon: IconName;
  readonly label: string;
  readonly danger?: boolean;
  readonly choose: () => void;
}

/** The items of a message's menu, in their order: each where it may be done. */
export function messageMenuItems(
  actions: MessageActions,
  deeds: MessageDeeds,
  texts: Texts,
): readonly MessageMenuItem[] {
  const words = texts.conversation;
  const items: readonly (MessageMenuItem & { readonly offered: boolean })[] = [
    { offered: actions.canReply, icon: "reply", label: texts.replies.reply, choose: deeds.reply },
    { offered: actions.canThread, icon: "thread", label: texts.threads.replyIn, choose: deeds.openThread },
    { offered: actions.answers, icon: "jump", label: texts.replies.goTo, choose: deeds.goToAnswered },
    { offered: actions.canEdit, icon: "edit", label: words.edit, choose: deeds.edit },
    { offered: actions.text !== undefined, icon: "copy", label: words.copy, choose: deeds.copy },
    {
      offered: actions.saving !== undefined,
      icon: "star",
      label: words[actions.saving ?? "save"],
      choose: () => deeds.save(actions.saving === "save"),
    },
    {
      offered: actions.reminding !== undefined,
      icon: "bell",
      label: actions.reminding === "set" ? texts.reminders.setAnew : texts.reminders.set,
      choose: deeds.remind,
    },
    {
      offered: actions.reminding === "set",
      icon: "muted",
      label: texts.reminders.clear,
      choose: deeds.clearReminder,
    },
    { offered: actions.text !== undefined, icon: "forward", label: texts.forward.start, choose: deeds.forward },
    { offered: actions.text !== undefined, icon: "select", label: texts.selection.start, choose: deeds.select },
    {
      offered: actions.canPin,
      icon: "pin",
      label: actions.pinned ? texts.pinned.unpin : texts.pinned.pin,
      choose: () => deeds.pin(!actions.pinned),
    },
    { offered: actions.hasReactions, icon: "react", label: texts.whoReacted.title, choose: deeds.showReactions },
    { offered: actions.hasInfo, icon: "info", label: texts.messageInfo.open, choose: deeds.showInfo },
    { offered: actions.hasVersions, icon: "waiting", label: texts.editHistory.title, choose: deeds.showVersions },
    { offered: actions.canReport, icon: "report", label: texts.report.open, choose: deeds.report },
    {
      offered: actions.canDelete || actions.canHide,
      icon: "delete",
      label: words.delete,
      danger: true,
      choose: deeds.askToDelete,
    },
  ];
  return items.filter(({ offered }) => offered);
}
