import { ConversationKind, Role } from "@parley/protocol";

/** What a member may do in a group besides writing. docs/protocol.md prints this table; a test compares the two. */
export interface Rights {
  readonly addMembers: boolean;
  /** To make and revoke the links by which people join. */
  readonly inviteByLink: boolean;
  /** Members of these roles. */
  readonly removeMembers: readonly Role[];
  /** Of members of one of these roles, to another one of them; one's own, too. */
  readonly setRole: readonly Role[];
  readonly setTitle: boolean;
  readonly setDescription: boolean;
  readonly setPicture: boolean;
  /** After how long messages disappear; in direct conversations and notes, too. */
  readonly setTimer: boolean;
  readonly deleteOthersMessages: boolean;
  /** And end pins, in every kind of conversation. */
  readonly pinMessages: boolean;
  /** To mention all members at once, whom that reaches although they have muted the group. */
  readonly mentionEveryone: boolean;
  readonly leave: boolean;
}

const { OWNER, ADMIN, MEMBER } = Role;

const noRights: Rights = {
  addMembers: false,
  inviteByLink: false,
  removeMembers: [],
  setRole: [],
  setTitle: false,
  setDescription: false,
  setPicture: false,
  setTimer: false,
  deleteOthersMessages: false,
  pinMessages: false,
  mentionEveryone: false,
  leave: false,
};

const rightsInThreads: Rights = { ...noRights, pinMessages: true };

const rightsOutsideGroups: Rights = { ...rightsInThreads, setTimer: true };

const rightsOfMembers: Rights = {
  ...rightsOutsideGroups,
  addMembers: true,
  setTitle: true,
  setDescription: true,
  setPicture: true,
  leave: true,
};

const rightsOfAdmins: Rights = {
  ...rightsOfMembers,
  inviteByLink: true,
  removeMembers: [ADMIN, MEMBER],
  setRole: [ADMIN, MEMBER],
  deleteOthersMessages: true,
  mentionEveryone: true,
};

const rightsOfOwners: Rights = {
  ...rightsOfAdmins,
  removeMembers: [OWNER, ADMIN, MEMBER],
  setRole: [OWNER, ADMIN, MEMBER],
};

/** The rights of a present member with this role. Only groups are changed by their members, but for the messages that are pinned, and for when they disappear. */
export function rightsIn(kind: ConversationKind, role: Role): Rights {
  if (kind === ConversationKind.THREAD) return rightsInThreads;
  if (kind !== ConversationKind.GROUP) return rightsOutsideGroups;
  switch (role) {
    case OWNER:
      return rightsOfOwners;
    case ADMIN:
      return rightsOfAdmins;
    case MEMBER:
      return rightsOfMembers;
    default:
      return noRights;
  }
}

/** Whether there is anything that the right covers. */
export function isGranted(right: Rights[keyof Rights]): boolean {
  return typeof right === "boolean" ? right : right.length > 0;
}
