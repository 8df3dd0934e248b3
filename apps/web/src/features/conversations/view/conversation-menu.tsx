import { useState } from "react";
import { ConfirmDialog } from "../../../design/primitives/confirm-dialog.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import { BlockItem, BlockQuestion } from "../../blocking/view/block-item.tsx";
import type { BlockablePerson } from "../../blocking/view-model/blockable-person.ts";
import { ClearItems, ClearQuestion, MuteMenu, PreferenceItems } from "../../preferences/view/preference-menu.tsx";
import type { PreferenceDeeds } from "../../preferences/view-model/preference-deeds.ts";
import { type ConversationItem, isUnread } from "../view-model/conversation-item.ts";

/** What can be done with a conversation from its line. */
export interface ConversationDeeds extends PreferenceDeeds {
  readonly open: (conversation: string) => void;
  /** Marks it as unread, or says that all of it is read. */
  readonly markUnread: (conversation: string, unread: boolean) => void;
  readonly showInfo: (conversation: string) => void;
  readonly leave: (conversation: string) => void;
}

export interface OpenConversationMenu {
  readonly item: ConversationItem;
  readonly anchor: MenuAnchor;
}

export interface Clearing {
  readonly conversation: string;
  readonly unlists: boolean;
}

interface ConversationMenuProps {
  readonly menu: OpenConversationMenu | undefined;
  /** It is asked for how long to mute it. */
  readonly muting: OpenConversationMenu | undefined;
  readonly onMute: (muting: OpenConversationMenu | undefined) => void;
  /** It is asked whether to clear it. */
  readonly clearing: Clearing | undefined;
  readonly onClear: (clearing: Clearing | undefined) => void;
  readonly deeds: ConversationDeeds;
  readonly texts: Texts;
  readonly onClose: () => void;
}

export function ConversationMenu(props: ConversationMenuProps) {
  const { menu, muting, onMute, clearing, onClear, deeds, texts, onClose } = props;
  const [leaving, setLeaving] = useState<string>();
  const [blocking, setBlocking] = useState<BlockablePerson>();
  const person = menu?.item.person;
  const words = texts.conversations.menu;
  return (
    <>
      {menu !== undefined && (
        <Menu label={words.label} anchor={menu.anchor} onClose={onClose}>
          <MenuItem icon="open" onChoose={() => deeds.open(menu.item.id)}>
            {words.open}
          </MenuItem>
          {!menu.item.requested && (
            <MenuItem icon="read" onChoose={() => deeds.markUnread(menu.item.id, !isUnread(menu.item))}>
              {isUnread(menu.item) ? words.markRead : words.markUnread}
            </MenuItem>
          )}
          <PreferenceItems
            conversation={menu.item.id}
            preferences={menu.item}
            deeds={deeds}
            texts={texts}
            onMute={() => onMute(menu)}
          />
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
          {person !== undefined && (
            <BlockItem
              person={person}
              texts={texts}
              onBlock={() => setBlocking(person)}
              onUnblock={() => deeds.block(person.account, false)}
            />
          )}
          <ClearItems texts={texts} onClear={(unlists) => onClear({ conversation: menu.item.id, unlists })} />
        </Menu>
      )}
      {muting !== undefined && (
        <MuteMenu
          conversation={muting.item.id}
          anchor={muting.anchor}
          deeds={deeds}
          texts={texts}
          onClose={() => onMute(undefined)}
        />
      )}
      {clearing !== undefined && (
        <ClearQuestion {...clearing} deeds={deeds} texts={texts} onClose={() => onClear(undefined)} />
      )}
      {blocking !== undefined && (
        <BlockQuestion
          person={blocking}
          texts={texts}
          onBlock={() => deeds.block(blocking.account, true)}
          onClose={() => setBlocking(undefined)}
        />
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
