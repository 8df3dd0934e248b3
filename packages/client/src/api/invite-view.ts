/** A link by which people can join a group. */
export interface InviteView {
  /** Of the command that made it. */
  readonly id: string;
  readonly makerName: string;
  readonly mine: boolean;
  /** What the members call it; may be empty. */
  readonly label: string;
  /** The server's clock. */
  readonly madeAt: number;
  /** By this device's clock; 0: never. */
  readonly expiresAt: number;
  /** How many people can join by it; 0: any number. */
  readonly maxUses: number;
  /** Who has asked to join counts, too. */
  readonly uses: number;
  /** Who opens it asks to be let in. */
  readonly needsApproval: boolean;
  /** It was taken back, or its maker may not make links any more. */
  readonly revoked: boolean;
  /** It works, or ends where it is revoked, once the server has that. */
  readonly waiting: boolean;
  /** What stands in the link, on the device that made it: nobody else knows it, not even the server. */
  readonly code?: string | undefined;
}

export interface InviteDraft {
  readonly label: string;
  /** How long it can be used from when it is on the server; 0: for good. */
  readonly lifetimeMs: number;
  /** 0: any number. */
  readonly maxUses: number;
  /** Who opens it asks to be let in; absent: no. */
  readonly needsApproval?: boolean;
}

/** Somebody who waits to be let into a group. */
export interface JoinRequestView {
  readonly account: string;
  readonly userName: string;
  readonly displayName: string;
  /** The server's clock. */
  readonly askedAt: number;
  /** Who made the link that they had. */
  readonly inviterName: string;
}

/** What a link leads to, as the server says. */
export interface InviteLookUp {
  readonly conversation: string;
  readonly standing: InviteStandingName;
  /** Of the group; empty where the viewer may not know, as what follows. */
  readonly title: string;
  readonly members: number;
  readonly inviterName: string;
  /** One asks to be let in, and is not in at once. */
  readonly needsApproval: boolean;
}

export type InviteStandingName =
  /** One can join. */
  | "open"
  /** One is a member. */
  | "member"
  /** One has asked to be let in. */
  | "waiting"
  | "expired"
  | "used-up"
  | "revoked"
  /** The group has as many members as it can have. */
  | "full"
  /** There is no such link, or none that the server remembers. */
  | "unknown"
  /** Too many links were looked up in a short time. */
  | "try-later";
