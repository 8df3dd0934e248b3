import { Role } from "@parley/protocol";
import type { RoleName } from "../api/timeline-view.ts";

export function roleName(role: Role): RoleName {
  switch (role) {
    case Role.OWNER:
      return "owner";
    case Role.ADMIN:
      return "admin";
    default:
      return "member";
  }
}

export function roleNamed(name: RoleName): Role {
  return { owner: Role.OWNER, admin: Role.ADMIN, member: Role.MEMBER }[name];
}
