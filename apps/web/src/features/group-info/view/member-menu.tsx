import type { IconName } from "../../../design/primitives/icon.tsx";
import { Menu, type MenuAnchor, MenuItem } from "../../../design/primitives/menu.tsx";
import type { Texts } from "../../../texts/en.ts";
import { BlockItem } from "../../blocking/view/block-item.tsx";
import type { GroupMember, GroupRole } from "../view-model/group-info-view-model.ts";

export interface MemberDeeds {
  readonly setRole: (member: GroupMember, role: GroupRole) => void;
  readonly remove: (member: GroupMember) => void;
  readonly block: (member: GroupMember, blocked: boolean) => void;
}

export interface MemberMenuProps {
  readonly member: GroupMember;
  readonly label: string;
  readonly anchor: MenuAnchor;
  readonly texts: Texts;
  readonly deeds: MemberDeeds;
  readonly onClose: () => void;
}

const icons: Readonly<Record<GroupRole, IconName>> = { owner: "people", admin: "settings", member: "person" };

/** What one may do with a member, or with one's own role. */
export function MemberMenu({ member, label, anchor, texts, deeds, onClose }: MemberMenuProps) {
  return (
    <Menu label={label} anchor={anchor} onClose={onClose}>
      {member.otherRoles.map((role) => (
        <MenuItem key={role} icon={icons[role]} onChoose={() => deeds.setRole(member, role)}>
          {roleText(member, role, texts)}
        </MenuItem>
      ))}
      {!member.self && (
        <BlockItem
          person={member}
          texts={texts}
          onBlock={() => deeds.block(member, true)}
          onUnblock={() => deeds.block(member, false)}
        />
      )}
      {member.removable && (
        <MenuItem danger icon="leave" onChoose={() => deeds.remove(member)}>
          {texts.group.remove}
        </MenuItem>
      )}
    </Menu>
  );
}

function roleText({ self, roleName }: GroupMember, role: GroupRole, { group }: Texts): string {
  if (role === "owner") return group.make.owner;
  if (self) return group.stepDown[role];
  if (role === "admin") return group.make.admin;
  return roleName === "owner" ? group.dismiss.owner : group.dismiss.admin;
}
