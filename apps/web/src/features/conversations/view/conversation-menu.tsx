import { useState } from "react";
import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { ConversationItem } from "../view-model/conversation-item.ts";

/** What can be done with a conversation from its line. */
export interface ConversationDeeds {
  readonly open: (conversation: string) => void;
  readonly markRead: (conversation: string) => void;
  readonly showInfo: (conversation: string) => void;
  readonly leave: (conversation: string) => void;
}

export interface OpenConversationMenu {
  readonly item: ConversationItem;
  readonly anchor: MenuAnchor;
}

interface ConversationMenuProps {
  readonly menu: OpenConversationMenu | undefined;
  readonly deeds: ConversationDeeds;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function ConversationMenu({ menu, deeds, texts, onClose }: ConversationMenuProps) {
  const [leaving, setLeaving] = useState<string>();
  const words = texts.conversations.menu;
  return (
    <>
      {menu !== undefined && (
        <Menu label={words.label} anchor={menu.anchor} onClose={onClose}>
          <MenuItem icon="open" onChoose={() => deeds.open(menu.item.id)}>
            {words.open}
          </MenuItem>
          {menu.item.unread > 0 && (
            <MenuItem icon="read" onChoose={() => deeds.markRead(menu.item.id)}>
              {words.markRead}
            </MenuItem>
          )}
          {menu.item.group && (
            <MenuItem icon="info" onChoose={() => deeds.showInfo(menu.item.id)}>
              {texts.conversation.info}
            </MenuItem>
          )}
          {menu.item.canLeave && (
            <MenuItem icon="leave" danger onChoose={() => setLeaving(menu.item.id)}>
              {texts.group.leave}
            </MenuItem>
          )}
        </Menu>
      )}
      {leaving !== undefined && (
        <ConfirmDialog
          danger
          title={texts.group.leaveTitle}
          text={texts.group.leaveText}
          confirmLabel={texts.group.leaveConfirm}
          cancelLabel={texts.common.cancel}
          closeLabel={texts.common.close}
          onConfirm={() => deeds.leave(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </>
  );
}
