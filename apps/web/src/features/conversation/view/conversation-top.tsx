import { useState } from "react";
import { Avatar } from "../../../design/primitives/avatar.tsx";
import { Badge } from "../../../design/primitives/badge.tsx";
import { Hidden } from "../../../design/primitives/hidden.tsx";
import { Icon } from "../../../design/primitives/icon.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import { ariaKeys } from "../../../shortcuts/chord-names.ts";
import { conversationPicture } from "../../../texts/conversation-titles.ts";
import type { Texts } from "../../../texts/en.ts";
import { BlockItem, BlockQuestion } from "../../blocking/view/block-item.tsx";
import { ClearItems, ClearQuestion, MuteMenu, PreferenceItems } from "../../preferences/view/preference-menu.tsx";
import type { PreferenceDeeds } from "../../preferences/view-model/preference-deeds.ts";
import type { ConversationHeader } from "../view-model/conversation-header.ts";
import type { ConversationTimer } from "../view-model/conversation-timer.ts";
import styles from "./conversation-pane.module.css";
import { TimerDialog } from "./timer-dialog.tsx";

export interface ConversationTopProps {
  readonly conversation: string;
  readonly header: ConversationHeader;
  readonly timer: ConversationTimer;
  readonly deeds: PreferenceDeeds;
  readonly texts: Texts;
  readonly onBack: () => void;
  readonly onInfo: () => void;
  readonly onSearch: () => void;
  readonly onTimer: (seconds: number) => void;
}

/** Who this is with, above the messages. */
export function ConversationTop({
  conversation,
  header,
  timer,
  deeds,
  texts,
  onBack,
  onInfo,
  onSearch,
  onTimer,
}: ConversationTopProps) {
  const { title, subtitle, seed, kind, image, online, joinRequests, person } = header;
  const [menu, setMenu] = useState<MenuAnchor>();
  const [muting, setMuting] = useState<MenuAnchor>();
  /** It is asked whether to clear it; true: and to take it out of the list. */
  const [clearing, setClearing] = useState<boolean>();
  const [blocking, setBlocking] = useState(false);
  const [timing, setTiming] = useState(false);
  return (
    <header className={styles["top"]}>
      <span className={styles["back"]}>
        <IconButton icon="back" label={texts.conversation.back} onClick={onBack} />
      </span>
      <Avatar name={title} seed={seed} of={conversationPicture(kind)} image={image} online={online} />
      <div className={styles["names"]}>
        <h1 className={styles["title"]} dir="auto">
          {title}
        </h1>
        {subtitle !== "" && <p className={styles["subtitle"]}>{subtitle}</p>}
      </div>
      {timer.label !== "" && (
        <span className={styles["timer"]} title={timer.label}>
          <Icon name="waiting" size="1.125rem" />
          <Hidden>{timer.label}</Hidden>
        </span>
      )}
      <IconButton icon="search" label={texts.search.open} aria-keyshortcuts={ariaKeys("find")} onClick={onSearch} />
      {joinRequests > 0 && <Badge count={joinRequests} label={texts.joinRequests.title(joinRequests)} />}
      {kind === "group" && <IconButton icon="info" label={texts.conversation.info} onClick={onInfo} />}
      <IconButton
        icon="more"
        label={texts.conversation.more}
        aria-haspopup="menu"
        aria-expanded={menu !== undefined}
        onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
      />
      {menu !== undefined && (
        <Menu label={texts.conversations.menu.label} anchor={menu} onClose={() => setMenu(undefined)}>
          <PreferenceItems
            conversation={conversation}
            preferences={header.preferences}
            deeds={deeds}
            texts={texts}
            onMute={() => setMuting(menu)}
          />
          {person !== undefined && (
            <BlockItem
              person={person}
              texts={texts}
              onBlock={() => setBlocking(true)}
              onUnblock={() => deeds.block(person.account, false)}
            />
          )}
          {timer.choices !== undefined && (
            <MenuItem icon="waiting" onChoose={() => setTiming(true)}>
              {texts.disappearing.open}
            </MenuItem>
          )}
          <ClearItems texts={texts} onClear={setClearing} />
        </Menu>
      )}
      {blocking && person !== undefined && (
        <BlockQuestion
          person={person}
          texts={texts}
          onBlock={() => deeds.block(person.account, true)}
          onClose={() => setBlocking(false)}
        />
      )}
      {clearing !== undefined && (
        <ClearQuestion
          conversation={conversation}
          unlists={clearing}
          deeds={deeds}
          texts={texts}
          onClose={() => setClearing(undefined)}
        />
      )}
      {timing && timer.choices !== undefined && (
        <TimerDialog
          timer={timer}
          choices={timer.choices}
          texts={texts}
          onTimer={onTimer}
          onClose={() => setTiming(false)}
        />
      )}
      {muting !== undefined && (
        <MuteMenu
          conversation={conversation}
          anchor={muting}
          deeds={deeds}
          texts={texts}
          onClose={() => setMuting(undefined)}
        />
      )}
    </header>
  );
}
