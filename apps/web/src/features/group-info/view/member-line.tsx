import { Avatar } from "../../../design/primitives/avatar.tsx";
import { IconButton } from "../../../design/primitives/icon-button.tsx";
import type { Texts } from "../../../texts/en.ts";
import type { GroupMember } from "../view-model/group-info-view-model.ts";
import styles from "./group-info-dialog.module.css";

export interface MemberLineProps {
  readonly member: GroupMember;
  readonly texts: Texts;
  readonly onMessage: () => void;
  readonly onRemove: () => void;
}

export function MemberLine({ member, texts, onMessage, onRemove }: MemberLineProps) {
  const { name, label, account, userName, online, role, self, removable } = member;
  return (
    <li className={styles["member"]}>
      <Avatar name={name} seed={account} size="small" online={online} />
      <span className={styles["names"]}>
        <span className={styles["name"]}>{label}</span>
        <span className={styles["detail"]}>
          @{userName}
          {online && ` · ${texts.common.online}`}
        </span>
      </span>
      {role !== "" && <span className={styles["role"]}>{role}</span>}
      {!self && <IconButton small icon="compose" label={texts.group.message(name)} onClick={onMessage} />}
      {removable && <IconButton small icon="close" label={texts.group.remove(name)} onClick={onRemove} />}
    </li>
  );
}
