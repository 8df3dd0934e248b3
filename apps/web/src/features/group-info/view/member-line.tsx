import { useState } from "react";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { MenuAnchor } from "../../../design/primitives/menu.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { GroupMember } from "../view-model/group-info-view-model.ts";
import styles from "./group-info-dialog.module.css";
import { type MemberDeeds, MemberMenu } from "./member-menu.tsx";

export interface MemberLineProps {
  readonly member: GroupMember;
  readonly texts: Texts;
  readonly onMessage: () => void;
  readonly deeds: MemberDeeds;
}

export function MemberLine({ member, texts, onMessage, deeds }: MemberLineProps) {
  const [menu, setMenu] = useState<MenuAnchor>();
  const { name, label, account, userName, online, role, self, otherRoles, blocked } = member;
  const notes = [online && texts.common.online, blocked && texts.blocking.blocked].filter((note) => note !== false);
  const detail = [`@${userName}`, ...notes].join(" · ");
  const menuLabel = self ? texts.group.ownMenu : texts.group.menu(name);
  return (
    <PersonRow name={name} seed={account} label={label} online={online} detail={detail}>
      {role !== "" && <span className={styles["role"]}>{role}</span>}
      {!self && <IconButton small icon="compose" label={texts.group.message(name)} onClick={onMessage} />}
      {(!self || otherRoles.length > 0) && (
        <IconButton
          small
          icon="more"
          label={menuLabel}
          aria-haspopup="menu"
          aria-expanded={menu !== undefined}
          onClick={(event) => setMenu(event.currentTarget.getBoundingClientRect())}
        />
      )}
      {menu !== undefined && (
        <MemberMenu
          member={member}
          label={menuLabel}
          anchor={menu}
          texts={texts}
          deeds={deeds}
          onClose={() => setMenu(undefined)}
        />
      )}
    </PersonRow>
  );
}
