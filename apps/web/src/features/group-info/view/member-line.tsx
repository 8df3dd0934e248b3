import { IconButton } from "../../../design/primitives/icon-button.tsx";
import { PersonRow } from "../../../design/primitives/person-row.tsx";
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
  const detail = `@${userName}${online ? ` · ${texts.common.online}` : ""}`;
  return (
    <PersonRow name={name} seed={account} label={label} online={online} detail={detail}>
      {role !== "" && <span className={styles["role"]}>{role}</span>}
      {!self && <IconButton small icon="compose" label={texts.group.message(name)} onClick={onMessage} />}
      {removable && <IconButton small icon="close" label={texts.group.remove(name)} onClick={onRemove} />}
    </PersonRow>
  );
}
