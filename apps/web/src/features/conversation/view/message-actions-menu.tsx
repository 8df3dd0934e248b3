import { useState } from "react";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import { EmojiPopover } from "../../emoji/view/emoji-popover.tsx";
import type { ConversationViewModel } from "../view-model/conversation-view-model.ts";
import type { MessageActions } from "../view-model/message-actions.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { type MessageDeeds, messageMenuItems } from "./message-menu-items.ts";

interface OpenRowMenu {
  readonly id: string;
  readonly anchor: MenuAnchor;
}

export interface MessageActionsMenuProps {
  readonly model: ConversationViewModel;
  readonly texts: Texts;
  /** The message whose menu is open. */
  readonly menu: OpenRowMenu | undefined;
  /** Who received and read it is asked. */
  readonly onInfo: (id: string) => void;
  /** Who reacted to it is asked. */
  readonly onReactions: (id: string) => void;
  /** What it said before is asked. */
  readonly onVersions: (id: string) => void;
  /** The admins of the server are to be told of it. */
  readonly onReport: (id: string) => void;
  /** It is to be posted elsewhere, too. */
  readonly onForward: (id: string) => void;
  /** One wants to be reminded of it. */
  readonly onRemind: (id: string) => void;
  /** It is the first to be selected. */
  readonly onSelect: (id: string) => void;
  /** It is to be answered. */
  readonly onReply: (id: string) => void;
  /** The thread below it is to be opened. */
  readonly onThread: (id: string) => void;
  readonly onClose: () => void;
}

/** The menu of one message, all emojis to react with, and the question before it is deleted. */
export function MessageActionsMenu(props: MessageActionsMenuProps) {
  const { model, texts, menu, onInfo, onReactions, onVersions, onReport, onRemind } = props;
  const { onForward, onSelect, onReply, onThread, onClose } = props;
  const [deleting, setDeleting] = useState<MessageActions>();
  const [reacting, setReacting] = useState<OpenRowMenu>();
  const actions = menu === undefined ? undefined : model.messages.actionsFor(menu.id);
  const deedsOf = (id: string): MessageDeeds => ({
    reply: () => onReply(id),
    openThread: () => onThread(id),
    goToAnswered: () => model.going.goToAnswered(id),
    forward: () => onForward(id),
    select: () => onSelect(id),
    edit: () => model.messages.startEdit(id),
    copy: () => void model.messages.copy(id),
    pin: (pinned) => model.messages.pin(id, pinned),
    showInfo: () => onInfo(id),
    showReactions: () => onReactions(id),
    showVersions: () => onVersions(id),
    report: () => onReport(id),
    save: (saved) => model.messages.save(id, saved),
    remind: () => onRemind(id),
    clearReminder: () => model.messages.clearReminder(id),
    askToDelete: () => setDeleting(actions),
  });
  return (
    <>
      {menu !== undefined && actions !== undefined && (
        <MessageMenu
          actions={actions}
          anchor={menu.anchor}
          texts={texts}
          items={messageMenuItems(actions, deedsOf(menu.id), texts)}
          onReact={(emoji, set) => model.messages.react(menu.id, emoji, set)}
          onReactOther={() => setReacting(menu)}
          onClose={onClose}
        />
      )}
      {reacting !== undefined && (
        <EmojiPopover
          emojis={model.writing.emojis}
          anchor={reacting.anchor}
          texts={texts}
          onChoose={(emoji) => {
            model.messages.react(
              reacting.id,
              emoji,
              model.messages.actionsFor(reacting.id)?.reacted.includes(emoji) !== true,
            );
            setReacting(undefined);
          }}
          onClose={() => setReacting(undefined)}
        />
      )}
      {deleting !== undefined && (
        <DeleteDialog
          title={texts.conversation.deleteTitle}
          explanations={texts.conversation.deleteText}
          texts={texts}
          forMe={deleting.canHide}
          forEveryone={deleting.canDelete}
          onDelete={(whose) =>
            whose === "me" ? model.messages.deleteForMe(deleting.id) : model.messages.deleteForEveryone(deleting.id)
          }
          onClose={() => setDeleting(undefined)}
        />
      )}
    </>
  );
}
